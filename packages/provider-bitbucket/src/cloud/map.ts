import type { Account, AccountPermission, Organization, Permission, Repository } from '@anyforge/core';
import type { AccountWire, OthersPermissionWire, RepositoryWire, WorkspaceWire } from './wire.js';

const levels = ['none', 'read', 'write', 'admin'] as const;

/** Bitbucket's words are levels. It tells effective permissions, through groups, projects and the workspace. */
export function toPermission(native: string): Permission {
  const level = levels.find((each) => each === native);
  if (level !== undefined) return { level, native };
  return { level: 'unknown', native, reason: 'This is a permission that anyforge does not know.' };
}

export function unknownPermission(reason: string): Permission {
  return { level: 'unknown', native: '', reason };
}

/** What everybody has on a public repository. Bitbucket has no word for it: it is no grant. */
export const publicPermission: Permission = { level: 'read', native: 'public' };

/** User names are told of oneself only, if at all; nicknames are not unique. The id is what tells accounts apart. */
export function toAccount(wire: AccountWire): Account {
  return {
    id: wire.uuid,
    username: wire.username ?? wire.nickname ?? wire.display_name ?? wire.uuid,
    kind: wire.type === 'app_user' ? 'bot' : 'user',
    displayName: wire.display_name ?? undefined,
    avatarUrl: wire.links?.avatar?.href ?? undefined,
    webUrl: wire.links?.html?.href ?? undefined,
  };
}

/** Listings name a workspace by its slug alone; its display name would take a request for each. */
export function toOrganization(wire: WorkspaceWire, webUrl: string): Organization {
  return {
    id: wire.uuid,
    path: wire.slug,
    name: wire.name ?? wire.slug,
    avatarUrl: wire.links?.avatar?.href ?? undefined,
    webUrl: `${webUrl}/${wire.slug}/`,
  };
}

/** Bitbucket has no archived repositories. */
export function toRepository(wire: RepositoryWire, webUrl: string, permission: Permission): Repository {
  const [namespace = '', slug = ''] = wire.full_name.split('/');
  const address = `${webUrl}/${wire.full_name}`;
  return {
    id: wire.uuid,
    path: wire.full_name,
    name: wire.name ?? slug,
    namespace,
    description: wire.description ?? undefined,
    webUrl: wire.links?.html?.href ?? address,
    httpsCloneUrl: withoutUser(cloneUrl(wire, 'https')) ?? `${address}.git`,
    sshCloneUrl: cloneUrl(wire, 'ssh'),
    defaultBranch: wire.mainbranch?.name ?? undefined,
    visibility: wire.is_private ? 'private' : 'public',
    archived: false,
    fork: wire.parent !== undefined && wire.parent !== null,
    updatedAt: toDate(wire.updated_on),
    permission,
  };
}

export function toAccountPermission(wire: OthersPermissionWire): AccountPermission {
  return { account: toAccount(wire.user), permission: toPermission(wire.permission) };
}

function cloneUrl({ links }: RepositoryWire, name: string): string | undefined {
  return links?.clone?.find((each) => each.name === name)?.href ?? undefined;
}

/** Bitbucket writes the name of whoever asks into the address. */
function withoutUser(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href;
}

function toDate(text: string | null | undefined): Date | undefined {
  const epoch = Date.parse(text ?? '');
  return Number.isNaN(epoch) ? undefined : new Date(epoch);
}
