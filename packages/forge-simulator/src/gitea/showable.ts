import type { Grant, Organization } from '../world/model.js';
import type { ReadableWorld } from '../world/readable-world.js';
import { ownersOfInternal } from './owners.js';
import { ownersTeam } from './teams.js';
import { giteaLevels, isTeamStanding } from './units.js';

/**
 * Refuses a world that Gitea has no way to show, rather than show half of it.
 * @throws Error that names the first thing that cannot be shown
 */
export function mustBeShowable(world: ReadableWorld): void {
  for (const organization of world.organizations) mustBeOrganization(world, organization);
  for (const { username, path } of world.people)
    if (!isName(username)) throw unshowable(`the user '${path}'`);
  const limited = ownersOfInternal(world);
  for (const { name, path, owner, visibility, project } of world.repositories) {
    if (!isName(name)) throw unshowable(`'${path}': a name is made of letters, digits, '.', '_' and '-'`);
    if (project !== undefined) throw unshowable(`'${path}' in a project`);
    if (visibility === 'public' && limited.has(owner))
      throw unshowable(`'${path}', which is public, beside what is internal`);
  }
  for (const grant of world.grants) {
    const reason = reasonAgainst(grant);
    if (reason !== undefined) throw unshowable(reason);
  }
}

function mustBeOrganization(world: ReadableWorld, organization: Organization): void {
  const { path, slug, parent, basePermission } = organization;
  if (parent !== undefined) throw unshowable(`'${path}', an organization within another`);
  if (!isName(slug)) throw unshowable(`the organization '${slug}'`);
  if (basePermission !== 'none' && !giteaLevels.includes(basePermission))
    throw unshowable(`'${basePermission}' for the members of '${path}'`);
  for (const { person, level, roleName } of world.membersOf(organization))
    if (roleName !== undefined || (level !== 'none' && !giteaLevels.includes(level)))
      throw unshowable(`'${person.path}' with '${roleName ?? level}' in '${path}'`);
  for (const { slug: team } of world.teamsIn(organization))
    if (!isName(team) || team.toLowerCase() === ownersTeam.toLowerCase())
      throw unshowable(`a team '${team}' of '${path}'`);
}

function reasonAgainst({ to, on, level, role }: Grant): string | undefined {
  if (on.type === 'project') return `a grant on the project '${on.key}'`;
  if (to.type === 'organization') return `'${on.path}' shared with '${to.path}'`;
  if (to.type === 'everybody') return `a grant to everybody on '${on.path}'`;
  if (to.type === 'person') return reasonAgainstPerson({ on, level, role });
  const owner = on.type === 'repository' ? on.owner : on;
  if (to.organization === undefined || to.organization !== owner)
    return `'${on.path}' held by '${to.slug}', which is no team of its organization`;
  return isTeamStanding(level, role)
    ? undefined
    : `the team '${to.slug}' with '${role === undefined ? level : `${role}' and '${level}`}' on '${on.path}'`;
}

function reasonAgainstPerson({ on, level, role }: Omit<Grant, 'to'>): string | undefined {
  if (on.type !== 'repository') return undefined;
  if (role !== undefined) return `the role '${role}' on '${on.path}'`;
  return giteaLevels.includes(level) ? undefined : `'${level}' on '${on.path}'`;
}

function isName(name: string): boolean {
  return /^[\w.-]+$/.test(name);
}

function unshowable(what: string): Error {
  return new Error(`Gitea cannot show ${what}`);
}
