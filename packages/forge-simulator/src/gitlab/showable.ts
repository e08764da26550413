import type { Grant } from '../world/model.js';
import type { ReadableWorld } from '../world/readable-world.js';
import { contradictionIn } from './access-level.js';

/**
 * Refuses a world that GitLab has no way to show, rather than show half of it. Teams may exist, as nothing: only their
 * grants cannot be shown.
 * @throws Error that names the first thing that cannot be shown
 */
export function mustBeShowable(world: ReadableWorld): void {
  for (const organization of world.organizations) {
    if (organization.basePermission === 'triage')
      throw unshowable(`'triage' as the base permission of '${organization.path}'`);
    for (const { person, level, roleName: role } of world.membersOf(organization)) {
      const contradiction = contradictionIn({ level, role });
      if (contradiction !== undefined)
        throw unshowable(`${contradiction} of '${person.path}' in '${organization.path}'`);
    }
  }
  for (const grant of world.grants) {
    const reason = reasonAgainst(grant);
    if (reason !== undefined) throw unshowable(reason);
  }
}

function reasonAgainst({ to, on, level, role }: Grant): string | undefined {
  if (on.type === 'project') return `a grant on the project '${on.key}'`;
  if (to.type === 'everybody') return `a grant to everybody on '${on.path}'`;
  if (to.type === 'team') return `the team '${to.slug}' with a grant on '${on.path}'`;
  const contradiction = contradictionIn({ level, role });
  if (contradiction !== undefined) return `${contradiction} on '${on.path}'`;
  return level === 'none' && role === undefined ? `a grant of nothing on '${on.path}'` : undefined;
}

function unshowable(what: string): Error {
  return new Error(`GitLab cannot show ${what}`);
}
