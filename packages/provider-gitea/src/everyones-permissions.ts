import type {
  AccountPermission,
  CallOptions,
  Page,
  Permission,
  PermissionLevel,
  RepositoryRef,
} from '@anyforge/core';
import { atLeast, ProviderError } from '@anyforge/core';
import { createSlots, leavable } from '@anyforge/provider-kit';
import type { Get } from './api.js';
import { provider } from './api.js';
import type { ListingContext } from './listing.js';
import { listRows } from './listing.js';
import { highest, toAccount, toPermission } from './map.js';
import { repositoryAddress, repositoryPath, segment } from './references.js';
import { readHolders } from './team-holders.js';
import type { RepositoryWire, UserWire } from './wire.js';
import { levelWire, repositoryWire, userPage } from './wire.js';

/** Of the permissions of collaborators, which are told one by one. */
const requestsAtOnce = 10;

/**
 * Lists who has a permission on a repository: its owner, its collaborators, and the members of the teams that hold it.
 *
 * @see https://docs.gitea.com/api/ `GET /repos/{owner}/{repo}/collaborators`
 */
export function listPermissions(
  context: ListingContext,
  reference: RepositoryRef,
  call: CallOptions,
): AsyncIterableIterator<Page<AccountPermission>, undefined> {
  return leavable(call.signal, (signal) => list(context, reference, { ...call, signal }));
}

async function* list(
  context: ListingContext,
  reference: RepositoryRef,
  call: CallOptions,
): AsyncGenerator<Page<AccountPermission>, undefined> {
  const { get } = context;
  const { data: repository } = await get(
    { what: 'the repository', path: repositoryAddress(reference), schema: repositoryWire },
    call,
  );
  mustAdminister(repository);
  const { holders, omitted, hidden } = await readHolders(context, repository, call);
  const path = `${repositoryPath(repository.full_name)}/collaborators`;
  const inSlot = createSlots(requestsAtOnce);
  const pages = listRows(
    context,
    { what: 'the collaborators', path, schema: userPage, idOf: ({ id }) => String(id) },
    call,
  );
  for await (const { rows } of pages) {
    // Of an account that is gone, Gitea shows a ghost.
    const users = rows.filter(({ id }) => id > 0);
    const collaborators = await Promise.all(
      users.map((user) => inSlot(() => readCollaborator(get, path, user, call))),
    );
    const items = collaborators.map((direct) => highest(direct, holders.get(direct.account.id)));
    for (const { account } of items) holders.delete(account.id);
    yield { items: items.map((item) => asFarAsTold(item, hidden)), omitted };
  }
  const others =
    omitted === undefined
      ? [...holders.values()]
      : await Promise.all(
          [...holders.values()].map((held) =>
            inSlot(async () => asFarAsTold(await readMember(get, path, held, call), hidden)),
          ),
        );
  const size = await context.pageSize(call);
  for (let start = 0; start < others.length; start += size)
    yield { items: others.slice(start, start + size), omitted };
  return undefined;
}

/** Gitea tells everybody's permission to nobody else; there is no use in asking for some of it. */
function mustAdminister({ full_name: path, permissions }: RepositoryWire): void {
  if (permissions?.admin !== false) return;
  throw new ProviderError(
    'forbidden',
    `Gitea tells everyone's permission on ${path} to its administrators.`,
    {
      provider,
      repair: { text: 'Ask somebody who administers the repository.' },
    },
  );
}

/** What Gitea answers of somebody leaves out the teams that permit one thing and not another. */
async function readCollaborator(
  get: Get,
  path: string,
  user: UserWire,
  call: CallOptions,
): Promise<AccountPermission> {
  const permission = await readPermission(get, path, user.login, call);
  return { account: toAccount(user), permission, via: ['direct'] };
}

/** Of somebody in a team that is shown, who may be in one that is not: as its owner, or in one that may do everything. */
async function readMember(
  get: Get,
  path: string,
  held: AccountPermission,
  call: CallOptions,
): Promise<AccountPermission> {
  const permission = await readPermission(get, path, held.account.username, call);
  return highest(held, { ...held, permission });
}

async function readPermission(get: Get, path: string, login: string, call: CallOptions): Promise<Permission> {
  const { data } = await get(
    { what: 'the permission', path: `${path}/${segment(login)}/permission`, schema: levelWire },
    call,
  );
  return toPermission(data.permission);
}

/** Whoever has less than a team gives whose members Gitea does not show may be one of them. */
function asFarAsTold(held: AccountPermission, hidden: PermissionLevel | undefined): AccountPermission {
  const { permission } = held;
  if (hidden === undefined || permission.level === 'unknown' || atLeast(permission, hidden)) return held;
  const reason =
    'Gitea shows who is in the teams that hold the repository to owners of the organization alone.';
  return { ...held, permission: { level: 'unknown', native: permission.native, reason } };
}
