import type { AccountPermission, CallOptions, Page, PermissionLevel, RepositoryRef } from '@anyforge/core';
import { atLeast, ProviderError } from '@anyforge/core';
import { createSlots, leavable } from '@anyforge/provider-kit';
import { provider } from './api.js';
import type { ListingContext } from './listing.js';
import { listRows } from './listing.js';
import { highest } from './map.js';
import type { NameContext } from './named-permission.js';
import { readCollaborator, readMember } from './named-permission.js';
import { repositoryAddress, repositoryPath } from './references.js';
import { readHolders } from './team-holders.js';
import type { RepositoryWire } from './wire.js';
import { repositoryWire, userPage } from './wire.js';

/** Of the permissions that are told one by one. */
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
  const { holders, omitted, hidden, overstated } = await readHolders(context, repository, call);
  const people: NameContext = { get, repository, overstated, call };
  const inSlot = createSlots(requestsAtOnce);
  const pages = listRows(
    context,
    {
      what: 'the collaborators',
      path: `${repositoryPath(repository.full_name)}/collaborators`,
      schema: userPage,
      idOf: ({ id }) => String(id),
    },
    call,
  );
  for await (const { rows } of pages) {
    // Of an account that is gone, Gitea shows a ghost.
    const users = rows.filter(({ id }) => id > 0);
    const told = await Promise.all(users.map((user) => inSlot(() => readCollaborator(people, user))));
    const items = told
      .filter((direct) => direct !== undefined)
      // What is told of a collaborator may be through a team: what a team is seen to give goes first.
      .map((direct) => highest(direct, holders.get(direct.account.id)));
    for (const { account } of items) holders.delete(account.id);
    yield { items: asFarAsTold(items, hidden), omitted };
  }
  const others = [...holders.values()];
  const size = await context.pageSize(call);
  for (let start = 0; start < others.length; start += size) {
    const some = others.slice(start, start + size);
    if (omitted === undefined) yield { items: some };
    else {
      const told = await Promise.all(some.map((held) => inSlot(() => readMember(people, held))));
      yield {
        items: asFarAsTold(
          told.filter((item) => item !== undefined),
          hidden,
        ),
        omitted,
      };
    }
  }
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

/** Those who have a permission. Whoever has less than a team gives whose members Gitea does not show may be one of them. */
function asFarAsTold(
  items: readonly AccountPermission[],
  hidden: PermissionLevel | undefined,
): readonly AccountPermission[] {
  const reason =
    'Gitea shows who is in the teams that hold the repository to owners of the organization alone.';
  return items
    .map((item): AccountPermission => {
      const { level, native } = item.permission;
      if (hidden === undefined || level === 'unknown' || atLeast(item.permission, hidden)) return item;
      return { ...item, permission: { level: 'unknown', native, reason } };
    })
    .filter(({ permission }) => permission.level !== 'none');
}
