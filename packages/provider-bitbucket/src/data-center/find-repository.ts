import type { CallOptions, Permission, Repository } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { parseAnswer } from '@anyforge/provider-kit';
import type { BitbucketDataCenterApi, Query } from './api.js';
import { pathOf, provider } from './api.js';
import type { BitbucketDataCenterHost } from './host.js';
import { publicPermission, toRepository, unlisted } from './map.js';
import { PermissionRounds } from './permission-rounds.js';
import type { RepositoryPlace, RepositoryTarget } from './references.js';
import { StartWalk } from './start-walk.js';
import type { RepositoryWire } from './wire.js';
import { branchWire, repositoryWire } from './wire.js';

/**
 * Finds what a reference names. Bitbucket has no address for an id: the path is tried first, and if something else is
 * there by now, or nothing, all that the account can see is looked through, a thousand repositories at a time.
 *
 * @throws ProviderError `not_found` when it is not there, or not for the account to see
 */
export async function findRepository(
  api: BitbucketDataCenterApi,
  { id, place }: RepositoryTarget,
  call: CallOptions,
): Promise<RepositoryWire> {
  const atPath = place && (await askPath(api, place, call));
  if (atPath !== undefined && (id === undefined || atPath.id === id)) return atPath;
  const found = id === undefined ? undefined : await search(walkRepositories(api, {}), id, call);
  if (found !== undefined) return found;
  throw new ProviderError('not_found', 'Bitbucket shows no such repository to the account.', {
    provider,
    repair: { text: 'Check the name, that it was not deleted, and that the credential may see it.' },
  });
}

/** The repository with what a listing does not tell, and what the account may do there. */
export async function completeRepository(
  host: BitbucketDataCenterHost,
  api: BitbucketDataCenterApi,
  wire: RepositoryWire,
  call: CallOptions,
): Promise<Repository> {
  const [permission, defaultBranch] = await Promise.all([
    permissionOn(api, wire, call),
    readDefaultBranch(api, wire, call),
  ]);
  return toRepository(host, wire, permission, defaultBranch);
}

/** The API path of a repository. */
function pathTo(key: string, slug: string): string {
  return `/projects${pathOf(key)}/repos${pathOf(slug)}`;
}

/** Undefined for a path that leads to nothing, or to what the account may not see: Bitbucket tells the two apart. */
async function askPath(
  api: BitbucketDataCenterApi,
  { key, slug }: RepositoryPlace,
  call: CallOptions,
): Promise<RepositoryWire | undefined> {
  try {
    return (await api.get('the repository', pathTo(key, slug), repositoryWire, call)).data;
  } catch (error) {
    if (ProviderError.is(error) && ['not_found', 'forbidden'].includes(error.kind)) return undefined;
    throw error;
  }
}

/** As a listing tells it, narrowed to a page or two; else what everybody may who sees the repository. */
async function permissionOn(
  api: BitbucketDataCenterApi,
  { id, project, name, slug }: RepositoryWire,
  call: CallOptions,
): Promise<Permission> {
  const narrowed = { projectkey: project.key, name: name ?? slug };
  const rounds = new PermissionRounds<Permission>({
    walk: ({ native }) => walkRepositories(api, { ...narrowed, permission: native }),
    read: (listed, permission) => (listed.id === id ? permission : undefined),
  });
  while (!rounds.ended) {
    const [permission] = await rounds.next(call);
    if (permission !== undefined) return permission;
  }
  const shown = await search(walkRepositories(api, narrowed), id, call);
  return shown === undefined ? unlisted : publicPermission(shown);
}

function walkRepositories(api: BitbucketDataCenterApi, query: Query): StartWalk {
  return new StartWalk(
    (start, call) => api.page('the repositories', '/repos', { ...query, archived: 'ALL' }, start, call),
    { readAhead: false },
  );
}

async function search(walk: StartWalk, id: number, call: CallOptions): Promise<RepositoryWire | undefined> {
  while (!walk.ended) {
    const found = (await walk.next(call)).find((item) => item.id === id);
    if (found !== undefined) return parseAnswer(provider, 'the repository', repositoryWire, found.wire);
  }
  return undefined;
}

/** The branch that is configured; undefined where there is none yet, and in versions that do not tell. */
async function readDefaultBranch(
  api: BitbucketDataCenterApi,
  { project, slug }: RepositoryWire,
  call: CallOptions,
): Promise<string | undefined> {
  try {
    const path = `${pathTo(project.key, slug)}/default-branch`;
    return (await api.get('the default branch', path, branchWire, call)).data.displayId;
  } catch (error) {
    if (ProviderError.is(error) && ['not_found', 'unsupported'].includes(error.kind)) return undefined;
    throw error;
  }
}
