import { compareLevels } from '@anyforge/core';
import type { PermissionLevel } from '@anyforge/core';
import type { Repository } from '../../world/model.js';
import type { Call, Endpoint } from '../endpoint.js';
import { answerPage, asAsked, keyOf, reachOfViewer, signedIn } from '../endpoint.js';
import { refusals } from '../refusal.js';
import { uuidOf } from '../uuid.js';
import { findRepository, findWorkspace, isOwner } from '../viewer.js';
import { explicitGroupPermission, explicitUserPermission } from '../wire/permission.js';
import type { RepositoryView } from '../wire/repository.js';
import { repositoryObject, repositoryView } from '../wire/repository.js';

const read = { oauth: ['repository'], api: ['read:repository:bitbucket'] };
const permissions = { oauth: ['repository:admin'], api: ['read:permission:bitbucket'] };

export const repositoryEndpoints: readonly Endpoint[] = [
  { pattern: '/repositories/:workspace', asks: 'anybody', scopes: read, handle: listRepositories },
  {
    pattern: '/repositories/:workspace/:repository',
    asks: 'anybody',
    scopes: read,
    handle: (call) => repositoryObject(viewOf(call), repositoryIn(call)),
  },
  {
    pattern: '/repositories/:workspace/:repository/permissions-config/users',
    asks: 'person',
    scopes: permissions,
    handle: listUserPermissions,
  },
  {
    pattern: '/repositories/:workspace/:repository/permissions-config/groups',
    asks: 'person',
    scopes: permissions,
    handle: listGroupPermissions,
  },
];

/** What `role=` may ask for: the least level, of those with a grant of any kind. */
const roles: Readonly<Record<string, PermissionLevel | 'owner'>> = {
  member: 'read',
  contributor: 'write',
  admin: 'admin',
  owner: 'owner',
};

function listRepositories(call: Call): object {
  const items = call.kept.repositories.of(keyOf(call), () =>
    asAsked(call, byAge(inWorkspace(call)), {
      uuid: { of: ({ id }) => uuidOf('repository', id) },
      name: { of: ({ name }) => name },
      slug: { of: ({ name }) => name },
      full_name: { of: ({ path }) => path },
      is_private: { of: ({ visibility }) => visibility !== 'public' },
      created_on: { of: ({ createdAt }) => createdAt },
      updated_on: { of: ({ updatedAt }) => updatedAt },
      'project.key': { of: ({ project }) => project?.key ?? 'PROJ' },
      'parent.uuid': { of: ({ forkOf }) => (forkOf === undefined ? null : uuidOf('repository', forkOf.id)) },
    }),
  );
  const view = viewOf(call);
  return answerPage(call, items, (repository) => repositoryObject(view, repository));
}

function inWorkspace(call: Call): readonly Repository[] {
  const { workspace: identifier = '' } = call.parameters;
  const workspace = findWorkspace(call.world, identifier);
  if (workspace === undefined) throw refusals.noWorkspace(identifier);
  const visible = [...call.viewer.visibleIn(workspace)];
  const asked = call.request.query.get('role');
  const { person } = call.viewer;
  if (asked === null || person === undefined) return visible;
  const role = roles[asked];
  if (role === undefined) throw refusals.invalidQuery(`Invalid role: ${asked}`);
  if (role === 'owner') return isOwner(call.world, workspace, person) ? visible : [];
  return (reachOfViewer(call).get(workspace) ?? [])
    .filter(({ access }) => compareLevels(access.level, role) >= 0)
    .map(({ repository }) => repository);
}

/** The order that nobody asked for is documented nowhere: this is one that no name tells. */
function byAge(repositories: readonly Repository[]): readonly Repository[] {
  return [...repositories].sort((left, right) => left.id - right.id);
}

/** @throws Refusal where there is no such repository, or it is not shown */
function repositoryIn(call: Call): Repository {
  const { workspace = '', repository: identifier = '' } = call.parameters;
  const repository = findRepository(call.world, workspace, identifier);
  if (repository === undefined || call.viewer.accessTo(repository) === undefined)
    throw refusals.noRepository();
  return repository;
}

/** @throws Refusal for whoever does not administer it */
function administeredRepository(call: Call): Repository {
  signedIn(call);
  const repository = repositoryIn(call);
  if (!call.viewer.administers(repository)) throw refusals.notRepositoryAdministrator();
  return repository;
}

function listUserPermissions(call: Call): object {
  const repository = administeredRepository(call);
  const items = [...call.world.grantsOn(repository)].flatMap((grant) =>
    grant.to.type === 'person' ? [{ grant, person: grant.to }] : [],
  );
  return answerPage(call, items, ({ grant, person }) =>
    explicitUserPermission(call.links, person, repository, grant),
  );
}

function listGroupPermissions(call: Call): object {
  const repository = administeredRepository(call);
  const items = [...call.world.grantsOn(repository)].flatMap((grant) =>
    grant.to.type === 'team' ? [{ grant, group: grant.to }] : [],
  );
  return answerPage(call, items, ({ grant, group }) =>
    explicitGroupPermission(call.links, group, repository, grant),
  );
}

function viewOf({ links, viewer: { person } }: Call): RepositoryView {
  return repositoryView(links, person);
}
