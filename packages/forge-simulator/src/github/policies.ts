import type { Organization } from '../world/model.js';

/** What an organization's owners have set about who and what may reach it. */
export interface OrganizationPolicy {
  /** Members must authorize each token for SAML single sign-on; `hidden` answers 404 where `true` answers 403. */
  readonly singleSignOn?: boolean | 'hidden';
  /** With a list: only these OAuth Apps, by name, reach what is not public. */
  readonly oauthApps?: 'any' | readonly string[];
  readonly classicTokens?: 'allowed' | 'forbidden';
  readonly fineGrainedTokens?: 'allowed' | 'forbidden';
  /** The longest that fine-grained tokens may live from issue to expiry. */
  readonly maximumTokenLifetimeDays?: number;
  /** With a list: only requests from these addresses reach the organization. */
  readonly ipAllowList?: 'off' | readonly string[];
}

export class Policies {
  readonly #policies = new Map<number, OrganizationPolicy>();
  #revision = 0;

  get revision(): number {
    return this.#revision;
  }

  /** Changes the settings that are given and keeps the others. */
  set(organization: Organization, policy: OrganizationPolicy): void {
    this.#revision += 1;
    this.#policies.set(organization.id, { ...this.of(organization), ...policy });
  }

  of(organization: Organization): OrganizationPolicy {
    return this.#policies.get(organization.id) ?? {};
  }
}
