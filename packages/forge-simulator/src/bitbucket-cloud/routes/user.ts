import type { Owner, Person } from '../../world/model.js';
import type { Call, Endpoint } from '../endpoint.js';
import { answerPage, asAsked, keyOf, reachOfViewer, signedIn } from '../endpoint.js';
import { refusals } from '../refusal.js';
import { uuidOf } from '../uuid.js';
import type { ReachedRepository } from '../viewer.js';
import { findWorkspace, isMember, isOwner } from '../viewer.js';
import { signedInUser } from '../wire/account.js';
import { link } from '../wire/links.js';
import { repositoryPermission, workspaceAccess, workspaceMembership } from '../wire/permission.js';
import { permissionRanks } from './permission-ranks.js';

const account = { oauth: ['account'], api: ['read:user:bitbucket'] };
const workspaces = { oauth: ['account'], api: ['read:workspace:bitbucket'] };

export const userEndpoints: readonly Endpoint[] = [
  {
    pattern: '/user',
    asks: 'person',
    scopes: account,
    handle: (call) => signedInUser(call.links, signedIn(call)),
  },
  {
    pattern: '/user/emails',
    asks: 'person',
    scopes: { oauth: ['email'], api: ['read:user:bitbucket'] },
    handle: listEmails,
  },
  { pattern: '/user/workspaces', asks: 'person', scopes: workspaces, handle: listWorkspaces },
  {
    pattern: '/user/workspaces/:workspace/permission',
    asks: 'person',
    scopes: workspaces,
    handle: getWorkspacePermission,
  },
  {
    pattern: '/user/workspaces/:workspace/permissions/repositories',
    asks: 'person',
    scopes: { oauth: ['account', 'repository'], api: ['read:repository:bitbucket'] },
    handle: listPermissions,
  },
];

function listEmails(call: Call): object {
  const { email } = signedIn(call);
  return answerPage(call, email === null ? [] : [email], (address) => ({
    type: 'email',
    email: address,
    is_primary: true,
    is_confirmed: true,
    links: { self: link(`${call.links.apiUrl}/user/emails/${address}`) },
  }));
}

/** Where the person belongs, or has anything at all. */
function workspacesOf(call: Call, person: Person): readonly Owner[] {
  const memberships = [...call.world.membershipsOf(person)].filter(({ state }) => state === 'active');
  const found = new Set<Owner>([
    ...memberships.map(({ organization }) => organization),
    ...reachOfViewer(call).keys(),
  ]);
  return [...found].sort((left, right) => left.id - right.id);
}

function listWorkspaces(call: Call): object {
  const person = signedIn(call);
  const administrator = (workspace: Owner): boolean => isOwner(call.world, workspace, person);
  const asked = call.request.query.get('administrator');
  const found = workspacesOf(call, person).filter(
    (workspace) => asked === null || String(administrator(workspace)) === asked,
  );
  const items = asAsked(call, found, {
    slug: { of: ({ path }) => path },
    'workspace.slug': { of: ({ path }) => path },
    uuid: { of: ({ id }) => uuidOf('workspace', id) },
  });
  return answerPage(call, items, (workspace) =>
    workspaceAccess(call.links, workspace, administrator(workspace)),
  );
}

/** @throws Refusal where the person has nothing there, or there is no such workspace */
function accessibleWorkspace(call: Call, person: Person): Owner {
  const { workspace: identifier = '' } = call.parameters;
  const workspace = findWorkspace(call.world, identifier);
  if (workspace === undefined) throw refusals.noWorkspace(identifier);
  if (!isMember(call.world, workspace, person) && !reachOfViewer(call).has(workspace))
    throw refusals.notWorkspaceMember();
  return workspace;
}

function getWorkspacePermission(call: Call): object {
  const person = signedIn(call);
  const workspace = accessibleWorkspace(call, person);
  const permission = isOwner(call.world, workspace, person) ? 'owner' : 'member';
  return workspaceMembership(call.links, workspace, person, permission);
}

function listPermissions(call: Call): object {
  const person = signedIn(call);
  const workspace = accessibleWorkspace(call, person);
  const items = call.kept.permissions.of(keyOf(call), () =>
    asAsked(call, byId(reachOfViewer(call).get(workspace) ?? []), {
      'repository.uuid': { of: ({ repository }) => uuidOf('repository', repository.id) },
      'repository.name': { of: ({ repository }) => repository.name },
      'repository.full_name': { of: ({ repository }) => repository.path },
      permission: { of: ({ access }) => access.level, ranks: permissionRanks },
    }),
  );
  return answerPage(call, items, ({ repository, access }) =>
    repositoryPermission(call.links, { person, repository, level: access.level }),
  );
}

function byId(reached: readonly ReachedRepository[]): readonly ReachedRepository[] {
  return [...reached].sort((left, right) => left.repository.id - right.repository.id);
}
