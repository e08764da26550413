import type {
  AccountPermission,
  CallOptions,
  CredentialSource,
  GitSession,
  Organization,
  Repository,
} from '@anyforge/core';
import { paged } from '@anyforge/core';
import type { Transport } from '@anyforge/provider-kit';
import { askCredential } from '@anyforge/provider-kit';
import { createApi, provider } from './api.js';
import { completeRepository, findRepository } from './find-repository.js';
import type { BitbucketDataCenterHost } from './host.js';
import { readIdentity, toGitCredential } from './identity.js';
import { listPieces } from './pieces.js';
import { readOrganizations, readPermissions, readRepositories } from './listings.js';
import { repositoryTarget } from './references.js';
import { withinGrant } from './scopes.js';

/** A session with plain requests on the same transport, as the way out for what the contract lacks. */
export interface BitbucketDataCenterSession extends GitSession {
  /** Where Bitbucket's REST API is: `https://git.example.com/bitbucket/rest/api/latest`. */
  readonly apiUrl: string;
  /**
   * A `fetch` with the session's credential, limits and retries, for addresses of this Bitbucket. It rejects with a
   * `ProviderError` for every answer that is a refusal, and for one to nobody.
   */
  fetch(call?: CallOptions): typeof globalThis.fetch;
}

export interface BitbucketDataCenterSessionOptions {
  readonly host: BitbucketDataCenterHost;
  readonly transport: Transport;
  readonly source: CredentialSource;
}

export function createSession({
  host,
  transport,
  source,
}: BitbucketDataCenterSessionOptions): BitbucketDataCenterSession {
  const api = createApi(host, transport);
  return {
    apiUrl: host.apiUrl,
    fetch: (call) => transport.fetch(call),

    identity: async (call = {}) => readIdentity(host, api, await askCredential(provider, source, call), call),

    organizations: (call = {}) =>
      paged<Organization>(() => listPieces(() => Promise.resolve(readOrganizations(host, api)), { call })),

    repositories: (query = {}, call = {}) =>
      paged<Repository>(() => {
        const { resume, ...selection } = query;
        const open = async (pageCall: CallOptions) => {
          const credential = await askCredential(provider, source, pageCall);
          return readRepositories(host, api, { ...selection, credential }, pageCall);
        };
        return listPieces(open, { call, resume });
      }),

    async repository(reference, call = {}) {
      const wire = await findRepository(api, repositoryTarget(reference), call);
      const repository = await completeRepository(host, api, wire, call);
      const credential = await askCredential(provider, source, call);
      return { ...repository, permission: withinGrant(repository.permission, credential) };
    },

    permissions: (reference, call = {}) =>
      paged<AccountPermission>(() => {
        const target = repositoryTarget(reference);
        const open = async (pageCall: CallOptions) =>
          readPermissions(host, api, await findRepository(api, target, pageCall));
        return listPieces(open, { call });
      }),

    gitCredential: async (options = {}) => toGitCredential(await askCredential(provider, source, options)),
  };
}
