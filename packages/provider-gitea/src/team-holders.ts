import type { AccountPermission, CallOptions, Omission } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { createSlots } from '@anyforge/provider-kit';
import type { ListingContext } from './listing.js';
import { listRows } from './listing.js';
import { highest, toAccount, toPermission } from './map.js';
import { repositoryPath } from './references.js';
import type { RepositoryWire, TeamWire, UserWire } from './wire.js';
import { teamList, userPage } from './wire.js';

/** Who has a permission otherwise than as a collaborator. */
export interface Holders {
  /** By the id of the account. */
  readonly holders: Map<string, AccountPermission>;
  /** The organization, where Gitea does not show who is in its teams. */
  readonly omitted: readonly Omission[] | undefined;
}

const teamsAtOnce = 5;

/** The owner, or the members of the organization's teams that hold the repository; its owners are such a team. */
export async function readHolders(
  context: ListingContext,
  repository: RepositoryWire,
  call: CallOptions,
): Promise<Holders> {
  const { owner } = repository;
  const teams = await readTeams(context, repository, call);
  if (teams === undefined) {
    const account = toAccount(owner);
    const holder: AccountPermission = { account, permission: toPermission('owner'), via: ['direct'] };
    return { holders: new Map([[account.id, holder]]), omitted: undefined };
  }
  const inSlot = createSlots(teamsAtOnce);
  const members = await Promise.all(teams.map((team) => inSlot(() => readMembers(context, team, call))));
  const holders = new Map<string, AccountPermission>();
  for (const [index, team] of teams.entries())
    for (const member of members[index] ?? []) {
      const held = toHolder(member, team);
      // A team may have a part in the issues alone.
      if (held.permission.level === 'none') continue;
      holders.set(held.account.id, highest(held, holders.get(held.account.id)));
    }
  const isWhole = members.every((each) => each !== undefined);
  const organization = { id: owner.id, path: owner.login };
  return { holders, omitted: isWhole ? undefined : [{ organization, reason: 'forbidden' }] };
}

/** Undefined for a repository of a person. They are not paged. @see https://docs.gitea.com/api/ `repoListTeams` */
async function readTeams(
  { get }: ListingContext,
  { full_name: path }: RepositoryWire,
  call: CallOptions,
): Promise<readonly TeamWire[] | undefined> {
  try {
    const { data } = await get(
      { what: 'the teams', path: `${repositoryPath(path)}/teams`, schema: teamList },
      call,
    );
    return data;
  } catch (error) {
    if (ProviderError.is(error) && error.details.status === 405) return undefined;
    throw error;
  }
}

/** Undefined where the account may not see them: it takes an owner of the organization, or a member of the team. */
async function readMembers(
  context: ListingContext,
  { id }: TeamWire,
  call: CallOptions,
): Promise<readonly UserWire[] | undefined> {
  const members: UserWire[] = [];
  const request = {
    what: 'the members of a team',
    path: `/teams/${id}/members`,
    schema: userPage,
    idOf: (user: UserWire) => String(user.id),
  };
  try {
    for await (const { rows } of listRows(context, request, call)) members.push(...rows);
    return members;
  } catch (error) {
    if (ProviderError.is(error) && (error.kind === 'forbidden' || error.kind === 'not_found'))
      return undefined;
    throw error;
  }
}

function toHolder(member: UserWire, team: TeamWire): AccountPermission {
  return {
    account: toAccount(member),
    permission: toPermission(codePermission(team)),
    via: [team.permission === 'owner' ? 'inherited' : 'group'],
  };
}

/** Teams are permitted everything, or each unit of a repository by itself. */
function codePermission({ permission, units_map: units }: TeamWire): string {
  if (permission === 'owner' || permission === 'admin') return permission;
  return units?.['repo.code'] ?? (units ? 'none' : permission);
}
