import type { Account, AccountPermission, Organization, Permission, Repository } from '@anyforge/core';
import type { AccountWire, CollaboratorWire, OrganizationWire, RepositoryWire, RolesWire } from './wire.js';

/** GitHub's base roles, greatest first, with their level. Each includes those after it. */
const levels = [
  ['admin', 'admin'],
  ['maintain', 'maintain'],
  ['push', 'write'],
  ['triage', 'triage'],
  ['pull', 'read'],
] as const;

/**
 * The effective permission from the base-role flags. A custom role has a base role: the flags decide, and
 * `native` keeps the role's own name where GitHub tells it. Whoever sees a repository can read it: no flag at all means
 * that GitHub does not tell, as with the token of an app's installation.
 *
 * @see https://docs.github.com/rest/collaborators/collaborators
 */
export function toPermission(
  roles: RolesWire | null | undefined,
  roleName: string | null | undefined,
): Permission {
  const [role, level] = levels.find(([name]) => roles?.[name] === true) ?? [];
  if (level === undefined) {
    return {
      level: 'unknown',
      native: roleName ?? '',
      reason: 'GitHub did not tell the permission for this credential.',
    };
  }
  return { level, native: isCustomRole(roleName) ? roleName : role };
}

/** GitHub's own roles have two names each, `push` and `write`: a permission is always told by the first. */
function isCustomRole(name: string | null | undefined): name is string {
  return !['none', 'read', 'triage', 'write', 'maintain', 'admin', null, undefined].includes(name);
}

export function toAccount(wire: AccountWire): Account {
  return {
    id: wire.id,
    username: wire.login,
    kind: wire.type === 'Bot' ? 'bot' : 'user',
    displayName: wire.name ?? undefined,
    avatarUrl: wire.avatar_url ?? undefined,
    webUrl: wire.html_url ?? undefined,
  };
}

/** GitHub names a default branch for an empty repository too; nothing in its answers tells that it is empty. */
export function toRepository(wire: RepositoryWire): Repository {
  return {
    id: wire.id,
    path: wire.full_name,
    name: wire.name,
    namespace: wire.owner.login,
    description: wire.description ?? undefined,
    webUrl: wire.html_url,
    httpsCloneUrl: wire.clone_url ?? `${wire.html_url}.git`,
    sshCloneUrl: wire.ssh_url ?? undefined,
    defaultBranch: wire.default_branch ?? undefined,
    visibility: toVisibility(wire),
    archived: wire.archived ?? false,
    fork: wire.fork ?? undefined,
    updatedAt: latest(wire.updated_at, wire.pushed_at),
    permission: toPermission(wire.permissions, wire.role_name),
  };
}

export function toOrganization(
  { id, login, avatar_url: avatarUrl }: OrganizationWire,
  webUrl: string,
): Organization {
  return { id, path: login, name: login, avatarUrl: avatarUrl ?? undefined, webUrl: `${webUrl}/${login}` };
}

export function toAccountPermission(wire: CollaboratorWire): AccountPermission {
  return { account: toAccount(wire), permission: toPermission(wire.permissions, wire.role_name) };
}

function toVisibility(wire: RepositoryWire): Repository['visibility'] {
  if (wire.visibility === 'public' || wire.visibility === 'internal') return wire.visibility;
  return wire.private ? 'private' : 'public';
}

/** A push moves one, a change of the settings the other. */
function latest(...times: readonly (string | null | undefined)[]): Date | undefined {
  const known = times.flatMap((time) => {
    const epoch = Date.parse(time ?? '');
    return Number.isNaN(epoch) ? [] : [epoch];
  });
  return known.length === 0 ? undefined : new Date(Math.max(...known));
}
