import type { Account, AccountPermission, Organization, Permission, Repository } from '@anyforge/core';
import { bandOf, toPermission } from './access-levels.js';
import type { Band } from './project-levels.js';
import { knownLevel } from './project-levels.js';
import type { GroupWire, MemberWire, ProjectWire, UserWire } from './wire.js';

/**
 * The users that GitLab makes for the tokens of projects and groups, which lists of members do not mark otherwise.
 *
 * @see https://docs.gitlab.com/user/project/settings/project_access_tokens/#bot-users-for-projects
 */
const botName = /^(project|group)_\d+_bot(\d*$|_)/;

type PersonWire = Omit<UserWire, 'email'>;

export function toAccount(wire: PersonWire): Account {
  return {
    id: wire.id,
    username: wire.username,
    kind: wire.bot === true || botName.test(wire.username) ? 'bot' : 'user',
    displayName: wire.name ?? undefined,
    avatarUrl: wire.avatar_url ?? undefined,
    webUrl: wire.web_url ?? undefined,
  };
}

export function toOrganization(wire: GroupWire): Organization {
  return {
    id: wire.id,
    path: wire.full_path,
    name: wire.name,
    avatarUrl: wire.avatar_url ?? undefined,
    webUrl: wire.web_url ?? undefined,
  };
}

export function toRepository(wire: ProjectWire, permission: Permission): Repository {
  return {
    id: String(wire.id),
    path: wire.path_with_namespace,
    name: wire.path,
    namespace: namespaceOf(wire),
    description: wire.description ?? undefined,
    webUrl: wire.web_url,
    httpsCloneUrl: wire.http_url_to_repo ?? `${wire.web_url}.git`,
    sshCloneUrl: wire.ssh_url_to_repo ?? undefined,
    // An empty repository has the name that its first branch would get.
    defaultBranch: wire.empty_repo === true ? undefined : (wire.default_branch ?? undefined),
    visibility: toVisibility(wire.visibility),
    archived: wire.archived ?? false,
    // GitLab leaves the field out of what is no fork, and of forks whose origin the account may not see.
    fork: wire.forked_from_project ? true : undefined,
    updatedAt: latest(wire.updated_at, wire.last_activity_at),
    permission,
  };
}

function namespaceOf(wire: ProjectWire): string {
  return wire.path_with_namespace.split('/').slice(0, -1).join('/');
}

/**
 * Whether GitLab shows the account the code: it names the default branch to nobody else. With a custom role a Guest
 * may read the code of a private project, and a public project may keep it to its members.
 *
 * @see https://docs.gitlab.com/api/projects/
 */
export function readsCode(wire: ProjectWire): boolean {
  return wire.default_branch !== undefined;
}

/** Every member is at least this. */
const guest = 10;

/**
 * The permission that a listing has found: the band is what counts. The row's own access level gives the word where it
 * lies in that band, else it is the least that the band can mean.
 */
export function toBandPermission(project: ProjectWire, band: Band): Permission {
  const known = knownLevel(project);
  const options = { readsCode: readsCode(project) };
  if (band === 'changed') {
    const reason = 'The permission changed while it was read. List again.';
    return { level: 'unknown', native: toPermission(known, options).native, reason };
  }
  const least = Math.max(band, guest);
  return toPermission(bandOf(known) === band ? Math.max(known, least) : least, options);
}

/** What a member has. Nobody who is blocked can do anything, whatever the role. */
function toMemberPermission(wire: MemberWire, project: ProjectWire): Permission {
  const role = wire.member_role?.name;
  const isPublic = project.visibility === 'public' || project.visibility === 'internal';
  const permission = toPermission(wire.access_level, { readsCode: isPublic, role });
  if (isBlocked(wire)) return { level: 'none', native: permission.native };
  if (permission.level !== 'none' || role === null || role === undefined) return permission;
  const reason = 'GitLab does not tell whether this custom role may read the code.';
  return { level: 'unknown', native: permission.native, reason };
}

/**
 * Joins a row of everybody's with what is known of direct members.
 *
 * @param direct the access levels of direct members by their id
 */
export function toAccountPermission(
  wire: MemberWire,
  project: ProjectWire,
  direct: ReadonlyMap<string, number>,
): AccountPermission {
  return {
    account: toAccount(wire),
    permission: toMemberPermission(wire, project),
    via: toVia(wire, project, direct),
  };
}

/** Only where no group was invited to the project itself must all else come from the groups around it. */
function toVia(
  wire: MemberWire,
  project: ProjectWire,
  direct: ReadonlyMap<string, number>,
): AccountPermission['via'] {
  const ownLevel = direct.get(wire.id);
  if (ownLevel !== undefined && ownLevel >= wire.access_level) return ['direct'];
  return project.shared_with_groups?.length === 0 ? ['inherited'] : undefined;
}

/** @see https://docs.gitlab.com/api/users/ */
function isBlocked({ state, membership_state: membership }: MemberWire): boolean {
  const isSignedOut = state !== 'active' && state !== null && state !== undefined;
  return isSignedOut || membership === 'awaiting';
}

/** What cannot be told is treated as private, which gives away nothing. */
function toVisibility(visibility: string | null | undefined): Repository['visibility'] {
  return visibility === 'public' || visibility === 'internal' ? visibility : 'private';
}

/** A push moves one, a change of the settings the other. */
function latest(...times: readonly (string | null | undefined)[]): Date | undefined {
  const known = times.flatMap((time) => {
    const epoch = Date.parse(time ?? '');
    return Number.isNaN(epoch) ? [] : [epoch];
  });
  return known.length === 0 ? undefined : new Date(Math.max(...known));
}
