import type { Membership, Owner } from '../../world/model.js';
import type { Call, Endpoint } from '../endpoint.js';
import { answerPage, asAsked, signedIn } from '../endpoint.js';
import { refusals } from '../refusal.js';
import { findRepository, findWorkspace, isMember } from '../viewer.js';
import { repositoryPermission, workspaceMembership } from '../wire/permission.js';
import { workspaceObject } from '../wire/workspace.js';
import { permissionRanks } from './permission-ranks.js';

const workspaceScopes = { oauth: ['account'], api: ['read:workspace:bitbucket'] };

export const workspaceEndpoints: readonly Endpoint[] = [
  {
    pattern: '/workspaces/:workspace',
    asks: 'anybody',
    scopes: { oauth: [], api: ['read:workspace:bitbucket'] },
    handle: (call) => workspaceObject(call.links, workspaceIn(call)),
  },
  {
    pattern: '/workspaces/:workspace/permissions',
    asks: 'person',
    scopes: workspaceScopes,
    handle: listMemberships,
  },
  {
    pattern: '/workspaces/:workspace/permissions/repositories/:repository',
    asks: 'person',
    scopes: { oauth: ['repository'], api: ['read:repository:bitbucket'] },
    handle: listRepositoryPermissions,
  },
];

/** @throws Refusal where there is no such workspace */
function workspaceIn({ world, parameters: { workspace: identifier = '' } }: Call): Owner {
  const workspace = findWorkspace(world, identifier);
  if (workspace === undefined) throw refusals.noWorkspace(identifier);
  return workspace;
}

function listMemberships(call: Call): object {
  const person = signedIn(call);
  const workspace = workspaceIn(call);
  if (!isMember(call.world, workspace, person)) throw refusals.notWorkspaceMember();
  const items = asAsked(call, membershipsIn(call, workspace), {
    permission: { of: ({ role }) => role },
    'user.nickname': { of: (membership) => membership.person.username },
  });
  return answerPage(call, items, ({ person: member, role }) =>
    workspaceMembership(call.links, workspace, member, role),
  );
}

function membershipsIn({ world }: Call, workspace: Owner): readonly Pick<Membership, 'person' | 'role'>[] {
  if (workspace.type === 'person') return [{ person: workspace, role: 'owner' }];
  return [...world.membersOf(workspace)]
    .filter(({ state }) => state === 'active')
    .sort((left, right) => left.person.id - right.person.id);
}

function listRepositoryPermissions(call: Call): object {
  signedIn(call);
  const { workspace = '', repository: identifier = '' } = call.parameters;
  const repository = findRepository(call.world, workspace, identifier);
  if (repository === undefined || call.viewer.accessTo(repository) === undefined)
    throw refusals.noRepository();
  if (!call.viewer.administers(repository)) throw refusals.notRepositoryAdministrator();
  const items = asAsked(call, call.viewer.holders(repository), {
    permission: { of: ([, { level }]) => level, ranks: permissionRanks },
    'user.display_name': { of: ([person]) => person.name },
  });
  return answerPage(call, items, ([person, { level }]) =>
    repositoryPermission(call.links, { person, repository, level }),
  );
}
