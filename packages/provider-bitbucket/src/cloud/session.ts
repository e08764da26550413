import type {
  AccountPermission,
  CallOptions,
  Credential,
  CredentialSource,
  GitSession,
  Organization,
  Permission,
  Repository,
  RepositoryRef,
} from '@anyforge/core';
import { paged } from '@anyforge/core';
import type { Transport } from '@anyforge/provider-kit';
import { askCredential, parseAnswer, walkPages } from '@anyforge/provider-kit';
import { createApi } from './api.js';
import type { BitbucketClient } from './client.js';
import type { BitbucketHost } from './host.js';
import { provider } from './host.js';
import { accessTokenIdentity, emailOf, toGitCredential, toIdentity } from './identity.js';
import {
  publicPermission,
  toAccountPermission,
  toOrganization,
  toRepository,
  unknownPermission,
} from './map.js';
import { askOwnPermission, isRefusal, untoldToAccessTokens } from './own-permissions.js';
import { firstPage, readBodyPage } from './pages.js';
import { repositoryPath, splitPath } from './references.js';
import { walkRepositories } from './repository-listing.js';
import { familyOf, readScopes } from './scopes.js';
import { hasWorkspace, walkWorkspaces } from './workspaces.js';
import type { RepositoryWire } from './wire.js';
import { accountWire, emailPage, othersPermissionPage, repositoryWire } from './wire.js';

/**
 * A session with the `bitbucket` package's client on the same transport, as the way out for what the contract lacks.
 * Its calls throw `ProviderError`s too.
 */
export interface BitbucketSession extends GitSession {
  readonly bitbucket: BitbucketClient;
}

export interface BitbucketSessionOptions {
  readonly host: BitbucketHost;
  readonly transport: Transport;
  readonly source: CredentialSource;
}

export function createSession({ host, transport, source }: BitbucketSessionOptions): BitbucketSession {
  const api = createApi(host, transport);
  const isAccessToken = async (call: CallOptions): Promise<boolean> =>
    familyOf(await askCredential(provider, source, call)) === 'access';

  async function find(reference: RepositoryRef, call: CallOptions): Promise<RepositoryWire> {
    const { data } = await api.get(repositoryPath(reference), call);
    return parseAnswer(provider, 'the repository', repositoryWire, data);
  }

  async function ownPermission(wire: RepositoryWire, call: CallOptions): Promise<Permission> {
    if (await isAccessToken(call)) return unknownPermission(untoldToAccessTokens.reason);
    const permission = await askOwnPermission(api, wire, call);
    if (permission.level !== 'unknown' || wire.is_private) return permission;
    // In a workspace where the account has nothing at all, Bitbucket refuses the question.
    const [workspace] = splitPath(wire.full_name);
    const isOwn = await hasWorkspace({ api, isAccessToken, call }, workspace);
    return isOwn === false ? publicPermission : permission;
  }

  /** Bitbucket tells e-mail addresses apart from the account, and only to whoever may read them. */
  async function readEmail(
    credential: Credential,
    scopes: readonly string[] | undefined,
    call: CallOptions,
  ): Promise<string | undefined> {
    const known = emailOf(credential);
    if (known !== undefined || scopes?.includes('email') !== true) return known;
    const { data } = await api.get(firstPage('/user/emails'), call);
    const { values } = parseAnswer(provider, 'the e-mail addresses', emailPage, data);
    return values.find(({ is_primary: isPrimary }) => isPrimary === true)?.email;
  }

  return {
    bitbucket: api.client,

    async identity(call = {}) {
      const credential = await askCredential(provider, source, call);
      try {
        const { data, headers } = await api.get('/user', call);
        const user = parseAnswer(provider, 'the signed-in user', accountWire, data);
        const scopes = headers['x-oauth-scopes'];
        const email = await readEmail(credential, readScopes(scopes), call);
        return toIdentity({ user, scopes, email }, credential);
      } catch (error) {
        if (familyOf(credential) === 'access' && isRefusal(error)) return accessTokenIdentity(credential);
        throw error;
      }
    },

    organizations: (call = {}) =>
      paged<Organization>(() =>
        walkWorkspaces({ api, isAccessToken, call }, (wire) => toOrganization(wire, host.webUrl)),
      ),

    repositories: (query = {}, call = {}) =>
      paged<Repository>(() => walkRepositories({ api, query, isAccessToken, call })),

    async repository(reference, call = {}) {
      const wire = await find(reference, call);
      return toRepository(wire, host.webUrl, await ownPermission(wire, call));
    },

    permissions: (reference, call = {}) =>
      paged<AccountPermission>(() =>
        walkPages<AccountPermission, string | null>({
          provider,
          listing: 'permissions',
          first: null,
          resumable: false,
          call,
          load: async (position, pageCall) => {
            const address = position ?? api.urlOf(permissionsPage(await pathOf(reference, pageCall)));
            const { data } = await api.get(address, pageCall);
            const page = parseAnswer(provider, 'the permissions', othersPermissionPage, data);
            return {
              items: page.values.map(toAccountPermission),
              ...readBodyPage(address, page),
            };
          },
        }),
      ),

    gitCredential: async (options = {}) => toGitCredential(await askCredential(provider, source, options)),
  };

  /** The id goes before the path, which may have passed to another repository since. */
  async function pathOf(reference: RepositoryRef, call: CallOptions): Promise<string> {
    return 'id' in reference ? (await find(reference, call)).full_name : reference.path;
  }
}

function permissionsPage(path: string): string {
  const [workspace, slug] = splitPath(path).map(encodeURIComponent);
  return firstPage(`/workspaces/${workspace ?? ''}/permissions/repositories/${slug ?? ''}`);
}
