import type {
  AccountPermission,
  CallOptions,
  Clock,
  CredentialSource,
  GitSession,
  Organization,
  Page,
  Repository,
} from '@anyforge/core';
import { paged } from '@anyforge/core';
import type { Transport } from '@anyforge/provider-kit';
import { askCredential, leavable } from '@anyforge/provider-kit';
import { createGet, provider } from './api.js';
import { listPermissions } from './everyones-permissions.js';
import type { GiteaHost } from './host.js';
import { mustNotBePublicOnly } from './granted-scopes.js';
import { readIdentity, toGitCredential } from './identity.js';
import type { ListingContext } from './listing.js';
import { listRows } from './listing.js';
import { toOrganization, toRepository } from './map.js';
import type { OwnToken } from './own-token.js';
import { createOwnToken } from './own-token.js';
import { createPageSize } from './page-size.js';
import { repositoryAddress } from './references.js';
import { listRepositories } from './repository-listing.js';
import { organizationPage, repositoryWire } from './wire.js';

/** A session with plain requests on the same transport, as the way out for what the contract lacks. */
export interface GiteaSession extends GitSession {
  /** Where the API is: `https://codeberg.org/api/v1`. */
  readonly apiUrl: string;
  /**
   * A `fetch` with the session's credential, limits and retries, for addresses of this Gitea. It rejects with a
   * `ProviderError` for every answer that is a refusal.
   */
  fetch(call?: CallOptions): typeof globalThis.fetch;
}

export interface GiteaSessionOptions {
  readonly host: GiteaHost;
  readonly transport: Transport;
  readonly source: CredentialSource;
  readonly clock: Clock;
}

export function createSession({ host, transport, source, clock }: GiteaSessionOptions): GiteaSession {
  const get = createGet(host, transport);
  const context: ListingContext = { get, pageSize: createPageSize(get) };
  const ownToken = createOwnToken(source);
  return {
    apiUrl: host.apiUrl,
    fetch: (call) => transport.fetch(call),

    identity: async (call = {}) =>
      readIdentity(context, ownToken, await askCredential(provider, source, call), call),

    organizations: (call = {}) => paged<Organization>(() => listOrganizations(context, ownToken, host, call)),

    repositories: (query = {}, call = {}) =>
      paged<Repository>(() =>
        listRepositories({ ...context, ownToken, apiUrl: host.apiUrl, query, call, clock }),
      ),

    async repository(reference, call = {}) {
      const { data } = await get(
        { what: 'the repository', path: repositoryAddress(reference), schema: repositoryWire },
        call,
      );
      return toRepository(data);
    },

    permissions: (reference, call = {}) =>
      paged<AccountPermission>(() => listPermissions(context, reference, call)),

    gitCredential: async (options = {}) => toGitCredential(await askCredential(provider, source, options)),
  };
}

/** Those that the account is a member of. @see https://docs.gitea.com/api/ `GET /user/orgs` */
function listOrganizations(
  context: ListingContext,
  ownToken: OwnToken,
  { webUrl }: GiteaHost,
  call: CallOptions,
): AsyncIterableIterator<Page<Organization>, undefined> {
  return leavable(call.signal, async function* (signal) {
    const asked = { ...call, signal };
    await mustNotBePublicOnly(context.get, ownToken(context, asked), asked);
    const pages = listRows(
      context,
      { what: 'the organizations', path: '/user/orgs', schema: organizationPage, idOf: ({ id }) => id },
      asked,
    );
    for await (const { rows, total } of pages)
      yield { items: rows.map((row) => toOrganization(row, webUrl)), total };
    return undefined;
  });
}
