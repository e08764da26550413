import type { Account, AccountPermission, Organization, Permission, Repository } from '@anyforge/core';
import { bandOf, toPermission } from './access-levels.js';
import type { Band } from './project-levels.js';
import { knownLevel } from './project-levels.js';
import type { GroupWire, MemberWire, ProjectDetailWire, ProjectWire, UserWire } from './wire.js';

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
    const reason =
      "GitLab's answers contradict one another, as while a permission changes. List again later.";
    return { level: 'unknown', native: toPermission(known, options).native, reason };
  }
  const least = Math.max(band, guest);
  return toPermission(bandOf(known) === band ? Math.max(known, least) : least, options);
}

/**
 * The name of a member's custom role, where that is what gives the access level: the role is that of one membership,
 * the access level the greatest of all that the member comes by.
 */
export function customRole({ member_role: role, access_level: level }: MemberWire): string | undefined {
  if (typeof role?.name !== 'string' || typeof role.base_access_level !== 'number') return undefined;
  return bandOf(role.base_access_level) === bandOf(level) ? role.name : undefined;
}

/** A membership that gives nothing until an administrator approves it. */
export function isAwaiting({ membership_state: membership }: MemberWire): boolean {
  return membership === 'awaiting';
}

/** What a member has. Nobody who is blocked can do anything, whatever the role. */
function toMemberPermission(wire: MemberWire, project: ProjectDetailWire): Permission {
  const role = customRole(wire);
  const permission = toPermission(wire.access_level, { readsCode: false, role });
  if (isBlocked(wire) || isAwaiting(wire)) return { level: 'none', native: permission.native };
  if (permission.level !== 'none') return permission;
  return belowReporter(project, permission.native, role !== undefined);
}

/**
 * What a project shows to a member below Reporter.
 *
 * @see https://docs.gitlab.com/user/public_access/
 * @see https://docs.gitlab.com/administration/external_users/
 */
function belowReporter(
  { visibility, repository_access_level: code }: ProjectDetailWire,
  native: string,
  isCustom: boolean,
): Permission {
  if (code === 'disabled') return { level: 'none', native };
  if (visibility === 'public') return { level: 'read', native };
  if (visibility !== 'internal' && !isCustom) return { level: 'none', native };
  const whom = isCustom ? 'this custom role' : 'this account, which may be an external user,';
  return { level: 'unknown', native, reason: `GitLab does not tell whether ${whom} may read the code.` };
}

/** The access levels of members by their id: of the project itself, and of the groups around it. */
export interface MemberSources {
  readonly direct: ReadonlyMap<string, number>;
  readonly inherited: ReadonlyMap<string, number>;
}

/** Joins a row of everybody's with what is known of where members come from. */
export function toAccountPermission(
  wire: MemberWire,
  project: ProjectDetailWire,
  sources: MemberSources,
): AccountPermission {
  return {
    account: toAccount(wire),
    permission: toMemberPermission(wire, project),
    via: toVia(wire, sources),
  };
}

/** What gives the whole level. Whoever comes by it through a group that was invited to the project is in neither. */
function toVia(
  { id, access_level: level }: MemberWire,
  { direct, inherited }: MemberSources,
): AccountPermission['via'] {
  if ((direct.get(id) ?? -1) >= level) return ['direct'];
  return (inherited.get(id) ?? -1) >= level ? ['inherited'] : undefined;
}

/** @see https://docs.gitlab.com/api/users/ */
function isBlocked({ state }: MemberWire): boolean {
  return state !== 'active' && state !== null && state !== undefined;
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
