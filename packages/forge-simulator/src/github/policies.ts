import type { Organization } from '../world/model.js';

/** What an organization's owners have set about who and what may reach it. */
export interface OrganizationPolicy {
  /** Members must authorize each token for SAML single sign-on. */
  readonly singleSignOn?: boolean;
  /** With a list: only these OAuth Apps, by name, reach what is not public. */
  readonly oauthApps?: 'any' | readonly string[];
  readonly classicTokens?: 'allowed' | 'forbidden';
  readonly fineGrainedTokens?: 'allowed' | 'forbidden';
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
