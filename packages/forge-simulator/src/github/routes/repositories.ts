import type { PermissionLevel } from '@anyforge/core';
import { compareLevels } from '@anyforge/core';
import type { Access } from '../../world/access.js';
import { accessOf, holdersOf } from '../../world/access.js';
import type { Organization, Person, Repository, Team } from '../../world/model.js';
import type { Answer, Call, Endpoint } from '../endpoint.js';
import { answerOne, answerPage } from '../endpoint.js';
import { refusals } from '../refusal.js';
import { hasScope } from '../tokens.js';
import type { ReachedRepository } from '../viewer.js';
import { coarsePermission, collaborator } from '../wire/account.js';
import { fullRepository } from '../wire/repository.js';
import { repositoryTeam } from '../wire/team.js';
import { findRepository } from './find-repository.js';
import { repositoryView } from './repository-view.js';

const resources = [
  {
    below: '',
    docs: 'repos/repos#get-a-repository',
    acceptedScopes: 'repo',
    acceptedPermissions: 'metadata=read',
    handle: getRepository,
  },
  {
    below: '/collaborators',
    docs: 'collaborators/collaborators#list-repository-collaborators',
    acceptedScopes: '',
    acceptedPermissions: 'metadata=read',
    handle: listCollaborators,
  },
  {
    below: '/collaborators/:username/permission',
    docs: 'collaborators/collaborators#get-repository-permissions-for-a-user',
    acceptedScopes: '',
    acceptedPermissions: 'metadata=read',
    handle: getPermission,
  },
  {
    below: '/teams',
    docs: 'repos/repos#list-repository-teams',
    acceptedScopes: 'repo',
    acceptedPermissions: 'administration=read',
    handle: listTeams,
  },
] as const;

/** Repositories answer under their path and, where redirects and links lead, under their id. */
export const repositoryEndpoints: readonly Endpoint[] = resources.flatMap(({ below, ...resource }) =>
  ['/repos/:owner/:repo', '/repositories/:id'].map((root) => ({
    ...resource,
    method: 'GET',
    pattern: root + below,
  })),
);

function getRepository(call: Call): Answer {
  const { repository, access } = findRepository(call);
  const parent = visibleParent(call, repository);
  return answerOne(fullRepository(repositoryView(call), repository, access, parent), repository.updatedAt);
}

function visibleParent({ viewer }: Call, { forkOf }: Repository): ReachedRepository | undefined {
  const sight = forkOf === undefined ? undefined : viewer.sightOf(forkOf);
  if (forkOf === undefined || sight?.kind !== 'visible') return undefined;
  return { repository: forkOf, access: sight.access };
}

/** What `permission=` may ask for. */
const askedLevels: Readonly<Record<string, PermissionLevel>> = {
  pull: 'read',
  triage: 'triage',
  push: 'write',
  maintain: 'maintain',
  admin: 'admin',
};

function listCollaborators(call: Call): Answer {
  const { repository } = findWithPush(call, 'repository collaborators');
  const { owner } = repository;
  if (owner.type === 'organization') {
    const { viewer } = call;
    if (!viewer.hasPermission('members', owner)) throw viewer.withoutPermission();
    // Whoever may write without belonging to the organization may still not know who else may.
    if (viewer.person !== undefined && !viewer.isMember(owner))
      throw refusals.needsPush('repository collaborators');
  }
  const { query } = call.request;
  const affiliation = query.get('affiliation') ?? 'all';
  const atLeast = askedLevels[query.get('permission') ?? 'pull'] ?? 'read';
  const items = [...holdersOf(call.state.world, repository)].filter(
    ([person, access]) =>
      isAffiliated(call, repository, person, access, affiliation) &&
      compareLevels(access.level, atLeast) >= 0,
  );
  return answerPage(call, {
    items,
    path: `/repositories/${repository.id}/collaborators`,
    toJson: ([person, { level, role }]) => JSON.stringify(collaborator(call.links, person, level, role)),
  });
}

function isAffiliated(
  { state }: Call,
  { owner }: Repository,
  person: Person,
  { sources }: Access,
  affiliation: string,
): boolean {
  if (affiliation === 'all') return true;
  if (!sources.some(({ via }) => via === 'direct')) return false;
  if (affiliation === 'direct') return true;
  return owner.type === 'organization' && state.world.membership(owner, person) === undefined;
}

function getPermission(call: Call): Answer {
  const { repository } = findWithPush(call, 'collaborator permission');
  const { username = '' } = call.parameters;
  const person = call.state.world.person(username);
  if (person === undefined) throw refusals.noSuchUser(username);
  const { level, role } = accessOf(call.state.world, person, repository);
  return answerOne({
    permission: coarsePermission[level],
    user: collaborator(call.links, person, level, role),
    role_name: role ?? level,
  });
}

function listTeams(call: Call): Answer {
  const { repository } = findRepository(call);
  const { token } = call.viewer;
  if (token === undefined) throw refusals.requiresAuthentication();
  const { owner } = repository;
  if (!call.viewer.hasPermission('administration', owner)) throw call.viewer.withoutPermission();
  const path = `/repositories/${repository.id}/teams`;
  if (owner.type !== 'organization' || !(call.viewer.isMember(owner) || token.kind === 'installation'))
    return answerPage(call, { items: [], path, toJson: () => '' });
  return answerPage(call, {
    items: teamsOn(call, repository, owner),
    path,
    toJson: ({ team, level, role }) => JSON.stringify(repositoryTeam(call.links, owner, team, level, role)),
  });
}

interface TeamAccess {
  readonly team: Team;
  readonly level: PermissionLevel;
  readonly role: string | undefined;
}

/** The teams with a grant on a repository, their own or one of a team above, and the highest of these. */
function teamsOn({ state }: Call, repository: Repository, organization: Organization): TeamAccess[] {
  const grants = [...state.world.grantsOn(repository)].sort((left, right) =>
    compareLevels(right.level, left.level),
  );
  return [...state.world.teamsIn(organization)].flatMap((team) => {
    const best = grants.find(({ to }) => to.type === 'team' && isWithin(team, to));
    return best === undefined ? [] : [{ team, level: best.level, role: best.role }];
  });
}

function isWithin(team: Team, ancestor: Team): boolean {
  return team === ancestor || (team.parent !== undefined && isWithin(team.parent, ancestor));
}

/** The repository, for those who may know who else is on it. @throws Refusal for everybody else */
function findWithPush(call: Call, what: string): ReachedRepository {
  const { token } = call.viewer;
  if (token === undefined) throw refusals.requiresAuthentication();
  const reached = findRepository(call);
  if (token.kind === 'installation') return reached;
  const scoped = token.kind === 'classic' || token.kind === 'oauth';
  const lacksScope =
    scoped && reached.repository.owner.type === 'organization' && !hasScope(token, 'read:org');
  if (lacksScope || compareLevels(reached.access.level, 'write') < 0) throw refusals.needsPush(what);
  return reached;
}
