import { HubError } from '../errors.js';
import type { Caller } from '../people/caller.js';
import type { Resources } from '../resources.js';
import type { CleanUp } from './clean-up.js';
import { findGitProvider } from './git-provider-pool.js';
import type { OrganizationSettings } from './organization-settings.js';
import { checkOrganizationSettings } from './organization-settings.js';
import type { OrganizationList, Organizations } from './organizations.js';
import type { SettingsPreview } from './settings-preview.js';
import { previewSettings } from './settings-preview.js';

/** What administrators need to decide which repositories a git provider lists. */
export interface OrganizationSettingsService {
  /**
   * The organizations that the person's own account sees, asked of the forge at once.
   *
   * @throws HubError `not_found` · `not_connected`; ProviderError why the forge refused, or could not be asked.
   */
  organizations(personId: string, gitProviderId: string, signal?: AbortSignal): Promise<OrganizationList>;
  /**
   * What settings would do to the repositories that are stored. Nothing is changed, and nothing is asked of the forge.
   *
   * @throws HubError `not_found` · `invalid_input`.
   */
  preview(
    personId: string,
    gitProviderId: string,
    settings: OrganizationSettings,
    signal?: AbortSignal,
  ): Promise<SettingsPreview>;
  /** How many of the stored repositories the settings let through no more. @throws HubError `not_found`. */
  outside(gitProviderId: string, signal?: AbortSignal): Promise<number>;
  /**
   * Deletes these, with everybody's permissions on them.
   *
   * @param count how many whoever asks expects
   * @throws HubError `not_found`; `clean_up_changed` with the number when it is another one; `version_conflict` when the
   * settings change meanwhile. What was deleted by then, or when the signal aborts, stays deleted.
   */
  cleanUp(caller: Caller, gitProviderId: string, count: number, signal?: AbortSignal): Promise<void>;
}

export interface OrganizationSettingsParts {
  readonly resources: Resources;
  readonly organizations: Organizations;
  readonly cleanUp: CleanUp;
}

/** The one behind {@link OrganizationSettingsService}. */
export class OrganizationSettingsDesk implements OrganizationSettingsService {
  readonly #parts: OrganizationSettingsParts;

  constructor(parts: OrganizationSettingsParts) {
    this.#parts = parts;
  }

  organizations(personId: string, gitProviderId: string, signal?: AbortSignal): Promise<OrganizationList> {
    return this.#parts.organizations.list(personId, gitProviderId, signal);
  }

  async preview(
    personId: string,
    gitProviderId: string,
    input: OrganizationSettings,
    signal?: AbortSignal,
  ): Promise<SettingsPreview> {
    const { resources } = this.#parts;
    const provider = await findGitProvider(resources.store.database, gitProviderId);
    const { settings, issues } = checkOrganizationSettings(input);
    if (issues.length > 0) throw HubError.invalidInput(issues);
    return previewSettings(resources, { personId, provider }, settings, { signal });
  }

  outside(gitProviderId: string, signal?: AbortSignal): Promise<number> {
    return this.#parts.cleanUp.count(gitProviderId, { signal });
  }

  cleanUp(caller: Caller, gitProviderId: string, count: number, signal?: AbortSignal): Promise<void> {
    return this.#parts.cleanUp.run(caller, gitProviderId, count, { signal });
  }
}
