import type { AccountPermission, Organization, Repository, RepositoryQuery } from '@anyforge/core';
import { createPathFilter } from '@anyforge/core';
import { parseAnswer } from '@anyforge/provider-kit';
import type { BitbucketDataCenterApi, Query } from './api.js';
import { provider } from './api.js';
import type { BitbucketDataCenterHost } from './host.js';
import { toAccount, toOrganization, toRepository } from './map.js';
import { PermissionRounds } from './permission-rounds.js';
import type { Pieces } from './pieces.js';
import { organizationFilter } from './references.js';
import { StartWalk } from './start-walk.js';
import type { RepositoryWire } from './wire.js';
import { projectsWire, repositoryWire, userWire } from './wire.js';

/** The projects in which the account can see anything; people's own are not among them. */
export function readOrganizations(
  host: BitbucketDataCenterHost,
  api: BitbucketDataCenterApi,
): Pieces<Organization> {
  const walk = startWalk(api, 'the projects', '/projects', { permission: 'PROJECT_VIEW' });
  const seen = new Set<number>();
  return {
    get ended() {
      return walk.ended;
    },
    async next(call) {
      const fresh = (await walk.next(call)).filter(({ id }) => !seen.has(id));
      for (const { id } of fresh) seen.add(id);
      const wires = parseAnswer(
        provider,
        'the projects',
        projectsWire,
        fresh.map(({ wire }) => wire),
      );
      return wires.map((wire) => toOrganization(host, wire));
    },
  };
}

/**
 * The repositories that the account was granted something on, with the greatest permission. Each listing is one
 * permission's and holds those with a greater one as well: nothing in an answer tells them apart.
 */
export function readRepositories(
  host: BitbucketDataCenterHost,
  api: BitbucketDataCenterApi,
  { organizations = [], patterns = [] }: Omit<RepositoryQuery, 'resume'>,
): Pieces<Repository> {
  const isOwned = organizationFilter(organizations);
  const filter = createPathFilter(patterns);
  return new PermissionRounds<Repository>({
    walk: ({ native }) =>
      startWalk(api, 'the repositories', '/repos', { permission: native, archived: 'ALL' }),
    read(listed, permission) {
      const wire = parseAnswer(provider, 'the repositories', repositoryWire, listed.wire);
      const repository = toRepository(host, wire, permission);
      return isOwned(wire.project) && filter.includes(repository.path) ? repository : undefined;
    },
  });
}

/**
 * Everybody who was granted something on a repository in any way, with the greatest permission. Only people with a
 * licence: Bitbucket lists others as well, who may do nothing.
 *
 * @see https://developer.atlassian.com/server/bitbucket/rest/ `GET /users`
 */
export function readPermissions(
  host: BitbucketDataCenterHost,
  api: BitbucketDataCenterApi,
  { project, slug }: RepositoryWire,
): Pieces<AccountPermission> {
  return new PermissionRounds<AccountPermission>({
    // Filters are numbered from 1 without a gap; one that Bitbucket does not understand lists everybody.
    walk: ({ native }) =>
      startWalk(api, 'the permissions', '/users', {
        'permission.1': native,
        'permission.1.projectKey': project.key,
        'permission.1.repositorySlug': slug,
        'permission.2': 'LICENSED_USER',
      }),
    read: ({ wire }, permission) => ({
      account: toAccount(host, parseAnswer(provider, 'the permissions', userWire, wire)),
      permission,
    }),
  });
}

function startWalk(api: BitbucketDataCenterApi, what: string, path: string, query: Query): StartWalk {
  return new StartWalk((start, call) => api.page(what, path, query, start, call), { readAhead: true });
}
