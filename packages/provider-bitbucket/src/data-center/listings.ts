import type {
  AccountPermission,
  CallOptions,
  Credential,
  Organization,
  OrganizationRef,
  Repository,
  RepositoryQuery,
} from '@anyforge/core';
import { createPathFilter } from '@anyforge/core';
import { parseAnswer } from '@anyforge/provider-kit';
import type { BitbucketDataCenterApi, Query } from './api.js';
import { provider } from './api.js';
import type { BitbucketDataCenterHost } from './host.js';
import { toAccount, toOrganization, toRepository } from './map.js';
import { PermissionRounds } from './permission-rounds.js';
import type { Pieces } from './pieces.js';
import { organizationFilter, projectKeys } from './references.js';
import { withinGrant } from './scopes.js';
import { StartWalk, walkInTurn } from './start-walk.js';
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

/** How many projects are looked through one after the other, rather than all that the account can see. */
const mostProjects = 5;

/**
 * The repositories that the account was granted something on, with the greatest permission. Each listing is one
 * permission's and holds those with a greater one as well: nothing in an answer tells them apart.
 */
export async function readRepositories(
  host: BitbucketDataCenterHost,
  api: BitbucketDataCenterApi,
  {
    credential,
    organizations = [],
    patterns = [],
  }: Omit<RepositoryQuery, 'resume'> & { readonly credential: Credential },
  call: CallOptions,
): Promise<Pieces<Repository>> {
  const isOwned = organizationFilter(organizations);
  const filter = createPathFilter(patterns);
  const keys = (await fewProjects(host, api, organizations, call)) ?? [undefined];
  return new PermissionRounds<Repository>({
    walk: ({ native: permission }) =>
      walkInTurn(
        keys.map((projectkey) =>
          startWalk(api, 'the repositories', '/repos', { permission, archived: 'ALL', projectkey }),
        ),
      ),
    read(listed, permission) {
      const wire = parseAnswer(provider, 'the repositories', repositoryWire, listed.wire);
      const repository = toRepository(host, wire, withinGrant(permission, credential));
      return isOwned(wire.project) && filter.includes(repository.path) ? repository : undefined;
    },
  });
}

/** The keys of the projects to look through; undefined where all are. People's own projects are not found by their id. */
async function fewProjects(
  host: BitbucketDataCenterHost,
  api: BitbucketDataCenterApi,
  organizations: readonly OrganizationRef[],
  call: CallOptions,
): Promise<readonly string[] | undefined> {
  if (organizations.length === 0 || organizations.length > mostProjects) return undefined;
  const projects: Organization[] = [];
  if (organizations.some((each) => 'id' in each)) {
    const pieces = readOrganizations(host, api);
    while (!pieces.ended) projects.push(...(await pieces.next(call)));
  }
  return projectKeys(organizations, projects);
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
