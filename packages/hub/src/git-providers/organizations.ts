import type { GitSession, Omission, Organization } from '@anyforge/core';
import type { ConnectionSessions } from '../connections/connection-sessions.js';
import { HubError } from '../errors.js';
import type { ForgeLink } from '../forge-links.js';
import { configuredLink } from '../forge-links.js';
import type { Resources } from '../resources.js';
import { mergeOmissions } from '../syncs/merge-omissions.js';
import { itemsUntilAborted } from '../until-aborted.js';
import { findGitProvider } from './git-provider-pool.js';

/** The organizations that one person's account sees. */
export interface OrganizationList {
  /** By path. */
  readonly items: readonly Organization[];
  /** What the forge left out, and says so: organizations that have to let the application or the credential in first. */
  readonly omitted: readonly Omission[];
}

/** The longest wait for a limit of the forge, in milliseconds, while somebody is waiting. */
const maxWaitMs = 10_000;

/** Asks forges for organizations, each time with the credential of whoever wants to know. */
export class Organizations {
  readonly #resources: Resources;
  readonly #sessions: Pick<ConnectionSessions, 'open'>;

  constructor(resources: Resources, sessions: Pick<ConnectionSessions, 'open'>) {
    this.#resources = resources;
    this.#sessions = sessions;
  }

  /** @throws HubError `not_found` · `not_connected`; ProviderError why the forge refused, or could not be asked. */
  async list(
    personId: string,
    gitProviderId: string,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<OrganizationList> {
    const { database } = this.#resources.store;
    const provider = await findGitProvider(database, gitProviderId);
    const connection = await database
      .selectFrom('connections')
      .select(['id', 'epoch'])
      .where('person_id', '=', personId)
      .where('git_provider_id', '=', gitProviderId)
      .executeTakeFirst();
    if (connection === undefined) {
      throw new HubError(
        'not_connected',
        `You are not signed in to ${provider.name}, so its organizations can't be asked for. Sign in to it first.`,
      );
    }
    const { id: connectionId, epoch } = connection;
    const session = await this.#sessions.open({ connectionId, gitProviderId, epoch });
    return withLinks(await organizationsOf(session, signal), configuredLink(provider));
  }
}

/** Without the links that lead away from the forge. */
export function withLinks({ items, omitted }: OrganizationList, link: ForgeLink): OrganizationList {
  return {
    items: items.map((item) => ({ ...item, avatarUrl: link(item.avatarUrl), webUrl: link(item.webUrl) })),
    omitted: omitted.map((omission) => ({ ...omission, url: link(omission.url) })),
  };
}

/** All that a session's account sees. @throws ProviderError; the signal's reason. */
export async function organizationsOf(
  session: Pick<GitSession, 'organizations'>,
  signal: AbortSignal,
): Promise<OrganizationList> {
  const byId = new Map<string, Organization>();
  let omitted: readonly Omission[] = [];
  for await (const page of itemsUntilAborted(session.organizations({ signal, maxWaitMs }).pages(), signal)) {
    for (const organization of page.items) byId.set(organization.id, organization);
    omitted = mergeOmissions(omitted, page.omitted);
  }
  const items = [...byId.values()].sort((left, right) => (left.path < right.path ? -1 : 1));
  return { items, omitted };
}
