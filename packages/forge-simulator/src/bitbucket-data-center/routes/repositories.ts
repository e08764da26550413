import type { PermissionLevel } from '@anyforge/core';
import { compareLevels } from '@anyforge/core';
import type { Repository } from '../../world/model.js';
import type { Call, Endpoint } from '../endpoint.js';
import { answerPage, mustBeSignedIn, nameFilter, repositoryView } from '../endpoint.js';
import { repositoryLevels } from '../permissions.js';
import { refusals } from '../refusal.js';
import { projectKey } from '../wire/project.js';
import { repositoryWire } from '../wire/repository.js';
import { findRepository } from './find.js';

export const repositoryEndpoints: readonly Endpoint[] = [
  { method: 'GET', pattern: '/repos', handle: listRepositories },
  { method: 'GET', pattern: '/profile/recent/repos', handle: listRecent },
  { method: 'GET', pattern: '/projects/:key/repos/:slug', handle: getRepository },
  { method: 'GET', pattern: '/projects/:key/repos/:slug/default-branch', handle: getDefaultBranch },
];

const states = ['AVAILABLE', 'INITIALISING', 'INITIALISATION_FAILED', 'OFFLINE'];
const filters = [
  'permission',
  'archived',
  'visibility',
  'projectkey',
  'projectname',
  'name',
  'state',
] as const;

type RepositoryFilter = (repository: Repository, level: PermissionLevel) => boolean;

/** Without `permission` it is what the caller can see; with one, what the caller was granted that on: nothing, for nobody. */
function listRepositories(call: Call): string {
  const { query } = call.request;
  const tests = [
    permissionFilter(query.get('permission')),
    archiveFilter(call),
    visibilityFilter(query.get('visibility')),
    ...projectFilters(call),
    stateFilter(query.get('state')),
  ];
  const key = `repos ${JSON.stringify(filters.map((name) => query.get(name)))}`;
  return answerRepositories(call, key, (repository, level) => tests.every((test) => test(repository, level)));
}

function listRecent(call: Call): string {
  mustBeSignedIn(call);
  const permission = call.request.query.get('permission') ?? 'REPO_READ';
  return answerRepositories(call, `recent ${permission}`, permissionFilter(permission));
}

function answerRepositories(call: Call, key: string, isShown: RepositoryFilter): string {
  const view = repositoryView(call);
  return answerPage(call, 'repositories', call.listings.of(call.viewer, key, isShown), (repository) =>
    JSON.stringify(repositoryWire(view, repository)),
  );
}

function permissionFilter(permission: string | null): RepositoryFilter {
  if (permission === null) return ({ visibility }, level) => visibility === 'public' || level !== 'none';
  const wanted = repositoryLevels.get(permission);
  if (wanted === undefined) throw refusals.badParameter('permission', permission);
  return (_repository, level) => compareLevels(level, wanted) >= 0;
}

/** What is archived is left out unless it is asked for. Older versions know neither archives nor the parameter. */
function archiveFilter({ request, version }: Call): RepositoryFilter {
  const wanted = request.query.get('archived') ?? 'ACTIVE';
  if (!version.archives || wanted === 'ALL') return () => true;
  if (wanted !== 'ACTIVE' && wanted !== 'ARCHIVED') throw refusals.badParameter('archived', wanted);
  return ({ archived }) => archived === (wanted === 'ARCHIVED');
}

function visibilityFilter(wanted: string | null): RepositoryFilter {
  if (wanted === null) return () => true;
  if (wanted !== 'public' && wanted !== 'private') throw refusals.badParameter('visibility', wanted);
  return ({ visibility }) => visibility === wanted;
}

function projectFilters({ request: { query }, version }: Call): readonly RepositoryFilter[] {
  const isNamed = nameFilter(query, 'name');
  const isInNamed = nameFilter(query, 'projectname');
  const wanted = version.archives ? query.get('projectkey')?.trim().toLowerCase() : undefined;
  return [
    ({ name }) => isNamed(name),
    ({ owner }) => isInNamed(owner.name ?? ''),
    ({ owner }) => wanted === undefined || projectKey(owner).toLowerCase() === wanted,
  ];
}

/** All of a world's repositories are available. */
function stateFilter(state: string | null): RepositoryFilter {
  if (state !== null && !states.includes(state)) throw refusals.badParameter('state', state);
  return () => state === null || state === 'AVAILABLE';
}

function getRepository(call: Call): string {
  return JSON.stringify(repositoryWire(repositoryView(call), findRepository(call)));
}

/** The one that is configured, which a repository without commits has as well. */
function getDefaultBranch(call: Call): string {
  const { defaultBranch } = findRepository(call);
  return JSON.stringify({ id: `refs/heads/${defaultBranch}`, displayId: defaultBranch, type: 'BRANCH' });
}
