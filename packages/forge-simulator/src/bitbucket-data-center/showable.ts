import type { Grant, Organization, Person, Team } from '../world/model.js';
import type { ReadableWorld } from '../world/readable-world.js';
import { hasLevel } from './permissions.js';

/**
 * Refuses a world that Bitbucket Data Center has no way to show, rather than show half of it.
 * @throws Error that names the first thing that cannot be shown
 */
export function mustBeShowable(world: ReadableWorld): void {
  for (const organization of world.organizations) mustBeProject(world, organization);
  for (const { username, path, external } of world.people) {
    if (!isSlug(username)) throw unshowable(`the user '${path}'`);
    if (external) throw unshowable(`'${path}', who is external`);
  }
  for (const { name, path, visibility, project } of world.repositories) {
    if (!isSlug(name)) throw unshowable(`'${path}': a slug is made of letters, digits, '.', '_' and '-'`);
    if (visibility === 'internal') throw unshowable(`'${path}', which is internal`);
    if (project !== undefined) throw unshowable(`'${path}' in a project of a project`);
  }
  for (const grant of world.grants) {
    const reason = reasonAgainst(grant);
    if (reason !== undefined) throw unshowable(reason);
  }
}

/** The name of a group: there are groups of the whole forge alone, so an organization's team is told by both names. */
export function groupName({ organization, slug }: Team): string {
  return organization === undefined ? slug : `${organization.slug}/${slug}`;
}

/** A person's own project. */
export function personalKey({ username }: Person): string {
  return `~${username}`;
}

function mustBeProject(world: ReadableWorld, organization: Organization): void {
  const { path, slug, parent, basePermission } = organization;
  if (parent !== undefined) throw unshowable(`'${path}', an organization within another`);
  if (!/^[A-Za-z][\w.-]*$/.test(slug)) throw unshowable(`the project key '${slug}'`);
  if (!hasLevel(basePermission)) throw unshowable(`'${basePermission}' for the members of '${path}'`);
  for (const { person, level, roleName } of world.membersOf(organization))
    if (!hasLevel(level) || roleName !== undefined)
      throw unshowable(`'${person.path}' with '${roleName ?? level}' in '${path}'`);
}

function reasonAgainst({ to, on, level, role }: Grant): string | undefined {
  if (on.type === 'project') return `a grant on '${on.key}', a project of a project`;
  if (role !== undefined) return `the role '${role}' on '${on.path}'`;
  if (!hasLevel(level)) return `'${level}' on '${on.path}'`;
  if (to.type === 'organization') return `'${on.path}' shared with '${to.path}'`;
  if (to.type === 'everybody' && on.type === 'repository') return `a grant to everybody on '${on.path}'`;
  return undefined;
}

function isSlug(name: string): boolean {
  return /^[\w.-]+$/.test(name);
}

function unshowable(what: string): Error {
  return new Error(`Bitbucket Data Center cannot show ${what}`);
}
