import type { AccountPermission, CallOptions, Permission, PermissionLevel } from '@anyforge/core';
import { atLeast, compareLevels, ProviderError } from '@anyforge/core';
import type { Get } from './api.js';
import { highest, toAccount, toPermission } from './map.js';
import { repositoryAddress, repositoryPath, segment } from './references.js';
import type { RepositoryWire, UserWire } from './wire.js';
import { levelWire, repositoryWire } from './wire.js';

/** With what people are asked for by name. */
export interface NameContext {
  readonly get: Get;
  readonly repository: RepositoryWire;
  /** The most that is told of members of a team without being true of the code. */
  readonly overstated: PermissionLevel | undefined;
  readonly call: CallOptions;
}

/**
 * What a collaborator has: of teams, it counts those that may do everything alone, and in Forgejo whatever they may do,
 * which a collaborator then has of the code as well. Undefined for one that is none any more.
 */
export async function readCollaborator(
  context: NameContext,
  user: UserWire,
): Promise<AccountPermission | undefined> {
  const permission = await readPermission(context, user.login);
  return (
    permission && {
      account: toAccount(user),
      permission,
      via: isGranted(permission) ? ['direct'] : undefined,
    }
  );
}

/**
 * What somebody has who is in a team that is shown, and may be in one that is not: as an owner, or in one that may do
 * everything. Where more comes from than is seen to be given is not told. Undefined for an account that is gone.
 */
export async function readMember(
  context: NameContext,
  held: AccountPermission,
): Promise<AccountPermission | undefined> {
  const permission = await readPermission(context, held.account.username);
  if (permission === undefined) return undefined;
  const told = { ...held, permission, via: undefined };
  return mayBeOverstated(context, permission, held) ? withheld(told) : highest(told, held);
}

function mayBeOverstated(
  { overstated }: NameContext,
  { level }: Permission,
  { permission: held }: AccountPermission,
): boolean {
  if (overstated === undefined || level === 'unknown' || atLeast(held, level)) return false;
  return compareLevels(level, overstated) <= 0;
}

function withheld(told: AccountPermission): AccountPermission {
  const { native } = told.permission;
  const reason = 'It is not shown who is in the teams that have this of other things than the code.';
  return { ...told, permission: { level: 'unknown', native, reason } };
}

/** Nobody is made an owner by collaborating: through a team, or as an administrator of the whole forge. */
function isGranted({ native }: Permission): boolean {
  return native !== 'owner';
}

/** @see https://docs.gitea.com/api/ `GET /repos/{owner}/{repo}/collaborators/{collaborator}/permission` */
async function readPermission(
  { get, repository, call }: NameContext,
  login: string,
): Promise<Permission | undefined> {
  const path = `${repositoryPath(repository.full_name)}/collaborators/${segment(login)}/permission`;
  try {
    const { data } = await get({ what: 'the permission', path, schema: levelWire }, call);
    return toPermission(data.permission);
  } catch (error) {
    if (!ProviderError.is(error) || error.kind !== 'not_found') throw error;
    // Either of the two may be gone meanwhile. Without the repository there is nobody to leave out.
    const id = String(repository.id);
    await get({ what: 'the repository', path: repositoryAddress({ id }), schema: repositoryWire }, call);
    return undefined;
  }
}
