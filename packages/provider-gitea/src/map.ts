import type {
  Account,
  AccountPermission,
  Organization,
  Permission,
  PermissionLevel,
  Repository,
} from '@anyforge/core';
import { atLeast } from '@anyforge/core';
import type { OrganizationWire, RepositoryWire, UserWire } from './wire.js';

export function toAccount(wire: Omit<UserWire, 'id' | 'email'> & { readonly id: number | string }): Account {
  return {
    id: String(wire.id),
    username: wire.login,
    kind: 'user',
    displayName: wire.full_name,
    avatarUrl: wire.avatar_url,
    webUrl: wire.html_url,
  };
}

export function toOrganization(wire: OrganizationWire, webUrl: string): Organization {
  return {
    id: wire.id,
    path: wire.name,
    name: wire.full_name ?? wire.name,
    avatarUrl: wire.avatar_url,
    webUrl: `${webUrl}/${encodeURIComponent(wire.name)}`,
  };
}

export function toRepository(wire: RepositoryWire): Repository {
  return {
    id: String(wire.id),
    path: wire.full_name,
    name: wire.name,
    namespace: wire.owner.login,
    description: wire.description,
    webUrl: wire.html_url,
    httpsCloneUrl: wire.clone_url ?? `${wire.html_url}.git`,
    sshCloneUrl: wire.ssh_url,
    // An empty repository has the name that its first branch would get.
    defaultBranch: wire.empty === true ? undefined : wire.default_branch,
    visibility: toVisibility(wire),
    archived: wire.archived ?? false,
    fork: wire.fork ?? undefined,
    updatedAt: readDate(wire.updated_at),
    permission: toOwnPermission(wire),
  };
}

/** Gitea's words for what somebody may do on the code, and those of its owners. */
const levels: Readonly<Record<string, PermissionLevel>> = {
  none: 'none',
  read: 'read',
  write: 'write',
  admin: 'admin',
  owner: 'admin',
};

/** What a word of Gitea's stands for; one that no version is known to have is told as unknown. */
export function toPermission(native: string): Permission {
  const level = Object.hasOwn(levels, native) ? levels[native] : undefined;
  if (level !== undefined) return { level, native };
  return {
    level: 'unknown',
    native,
    reason: 'This version of Gitea has a permission that is not known here.',
  };
}

/**
 * The effective permission that Gitea tells with every repository, through whatever team or collaboration it comes:
 * `push` and `pull` are of the code, so that who sees nothing but its issues has none.
 */
function toOwnPermission({ permissions }: RepositoryWire): Permission {
  if (!permissions)
    return { level: 'unknown', native: '', reason: 'Gitea did not tell the permission with the repository.' };
  if (permissions.admin) return toPermission('admin');
  if (permissions.push) return toPermission('write');
  return toPermission(permissions.pull ? 'read' : 'none');
}

/** Of two permissions of one account the greater one; what is known goes before what is not. */
export function highest(one: AccountPermission, other: AccountPermission | undefined): AccountPermission {
  if (other === undefined || other.permission.level === 'unknown') return one;
  const { level } = one.permission;
  return level === 'unknown' || atLeast(other.permission, level) ? other : one;
}

/** The greater one, or both where they are the same, each with where it comes from. */
export function joined(one: AccountPermission, other: AccountPermission | undefined): AccountPermission {
  if (other?.permission.level !== one.permission.level) return highest(one, other);
  return { ...other, via: [...new Set([...(other.via ?? []), ...(one.via ?? [])])] };
}

/** What is not private is seen by nobody to whom its owner is hidden. What cannot be told gives away nothing. */
export function toVisibility({
  private: isPrivate,
  internal,
  owner,
}: RepositoryWire): Repository['visibility'] {
  if (isPrivate !== false) return 'private';
  if (internal === true || owner.visibility === 'limited' || owner.visibility === 'private')
    return 'internal';
  return 'public';
}

function readDate(text: string | null | undefined): Date | undefined {
  const epoch = Date.parse(text ?? '');
  return Number.isNaN(epoch) ? undefined : new Date(epoch);
}
