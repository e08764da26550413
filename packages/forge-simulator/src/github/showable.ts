import type { Grant, Team } from '../world/model.js';
import type { ReadableWorld } from '../world/readable-world.js';

/**
 * Refuses a world that GitHub has no way to show, rather than show half of it.
 * @throws Error that names the first thing that cannot be shown
 */
export function mustBeShowable(world: ReadableWorld): void {
  for (const organization of world.organizations) {
    if (organization.parent !== undefined)
      throw unshowable(`'${organization.path}', an organization within another`);
    for (const { person, level, roleName } of world.membersOf(organization))
      if (level === 'none' && roleName !== undefined)
        throw unshowable(`'${person.path}' as a '${roleName}' of '${organization.path}' that may do nothing`);
  }
  for (const person of world.people)
    if (person.external) throw unshowable(`'${person.path}', who is external`);
  for (const grant of world.grants) {
    const reason = reasonAgainst(grant);
    if (reason !== undefined) throw unshowable(reason);
  }
}

function reasonAgainst({ to, on, level, role }: Grant): string | undefined {
  if (on.type === 'project') return `a grant on the project '${on.key}'`;
  if (level === 'none' && role !== undefined) return `'${role}', a role that may do nothing, on '${on.path}'`;
  switch (to.type) {
    case 'everybody':
      return `a grant to everybody on '${on.path}'`;
    case 'organization':
      return `'${on.path}' shared with '${to.path}'`;
    case 'team':
      return teamOwner(on) === to.organization ? undefined : `${nameOf(to)} with a grant on '${on.path}'`;
    case 'person':
      return undefined;
  }
}

/** Whose teams can have a grant on it. */
function teamOwner(on: Exclude<Grant['on'], { type: 'project' }>): Team['organization'] | null {
  if (on.type === 'organization') return on;
  return on.owner.type === 'organization' ? on.owner : null;
}

function nameOf({ slug, organization }: Team): string {
  return organization === undefined ? `the group '${slug}'` : `the team '${slug}' of '${organization.path}'`;
}

function unshowable(what: string): Error {
  return new Error(`GitHub cannot show ${what}`);
}
