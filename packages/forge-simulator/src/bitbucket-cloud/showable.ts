import type { PermissionLevel } from '@anyforge/core';
import type { Grant } from '../world/model.js';
import type { ReadableWorld } from '../world/readable-world.js';

const levels: readonly PermissionLevel[] = ['none', 'read', 'write', 'admin'];

/**
 * Refuses a world that Bitbucket Cloud has no way to show, rather than show half of it. What members of a workspace
 * have on all of it is shown: as Bitbucket's groups have it with their default access. Who is in a group within
 * another is shown in both. That a repository is archived has no name in Bitbucket's answers, and is not told.
 *
 * @throws Error that names the first thing that cannot be shown
 */
export function mustBeShowable(world: ReadableWorld): void {
  for (const organization of world.organizations) {
    const { path, parent, basePermission } = organization;
    if (parent !== undefined) throw unshowable(`'${path}', a workspace within another`);
    mustBeKnown(basePermission, `the base permission of '${path}'`);
    for (const { person, level, roleName } of world.membersOf(organization)) {
      mustBeKnown(level, `what '${person.path}' has in '${path}'`);
      if (roleName !== undefined) throw unshowable(`'${person.path}' as a '${roleName}' of '${path}'`);
    }
  }
  for (const { path, external } of world.people) if (external) throw unshowable(`'${path}', who is external`);
  for (const { path, visibility } of world.repositories)
    if (visibility === 'internal') throw unshowable(`'${path}', which is internal`);
  for (const grant of world.grants) {
    const reason = reasonAgainstGrant(grant);
    if (reason !== undefined) throw unshowable(reason);
  }
}

function reasonAgainstGrant({ to, on, level, role }: Grant): string | undefined {
  const place = on.type === 'project' ? `the project '${on.key}'` : `'${on.path}'`;
  if (role !== undefined) return `the role '${role}' on ${place}`;
  if (!levels.includes(level)) return `'${level}' on ${place}`;
  switch (to.type) {
    case 'everybody':
      return `a grant to everybody on ${place}`;
    case 'organization':
      return `${place} shared with '${to.path}'`;
    case 'team':
      return to.organization === workspaceOf(on) ? undefined : `the group '${to.slug}' on ${place}`;
    case 'person':
      return undefined;
  }
}

function workspaceOf(on: Grant['on']): unknown {
  if (on.type === 'organization') return on;
  return on.type === 'project' ? on.organization : on.owner;
}

function mustBeKnown(level: PermissionLevel, what: string): void {
  if (!levels.includes(level)) throw unshowable(`${what}: '${level}'`);
}

function unshowable(what: string): Error {
  return new Error(`Bitbucket Cloud cannot show ${what}`);
}
