import type { AccountPermission, CallOptions, Omission, Permission, PermissionLevel } from '@anyforge/core';
import { atLeast, compareLevels, ProviderError } from '@anyforge/core';
import { createSlots } from '@anyforge/provider-kit';
import type { ListingContext, ListRequest } from './listing.js';
import { listRows } from './listing.js';
import { joined, toAccount, toPermission, toVisibility } from './map.js';
import { repositoryPath, segment } from './references.js';
import { MiscountedError } from './window-walk.js';
import type { RepositoryWire, TeamWire, UserWire } from './wire.js';
import { teamList, userPage } from './wire.js';

/** Who has a permission otherwise than as a collaborator. */
export interface Holders {
  /** By the id of the account. */
  readonly holders: Map<string, AccountPermission>;
  /** The organization, where Gitea does not show who is in its teams. */
  readonly omitted: readonly Omission[] | undefined;
  /** Of the teams whose members Gitea does not show, the most that one has which no other answer tells of. */
  readonly hidden: PermissionLevel | undefined;
  /** The most that a member of a team is told to have by name without having it of the code. */
  readonly overstated: PermissionLevel | undefined;
}

const groupsAtOnce = 5;

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
    return {
      holders: new Map([[account.id, holder]]),
      omitted: undefined,
      hidden: undefined,
      overstated: undefined,
    };
  }
  const inSlot = createSlots(groupsAtOnce);
  // A team may have a part in the issues alone.
  const holding = teams.map(toGroup).filter(({ permission }) => permission.level !== 'none');
  const groups = [...openTo(repository), ...holding];
  const members = await Promise.all(groups.map((group) => inSlot(() => readMembers(context, group, call))));
  const holders = new Map<string, AccountPermission>();
  for (const [index, { permission, via }] of groups.entries())
    for (const member of members[index] ?? []) {
      const held: AccountPermission = { account: toAccount(member), permission, via: [via] };
      holders.set(held.account.id, joined(held, holders.get(held.account.id)));
    }
  const isWhole = members.every((each) => each !== undefined);
  const organization = { id: owner.id, path: owner.login };
  const hidden = groups.filter((_, index) => members[index] === undefined);
  return {
    holders,
    omitted: isWhole ? undefined : [{ organization, reason: 'forbidden' }],
    // Of somebody asked for by name, Gitea tells when they may do everything, and nothing else that is through a team.
    hidden: greatest(hidden.filter(({ permission: { level } }) => level !== 'admin').map(({ most }) => most)),
    overstated: greatest(teams.flatMap(overstatedBy)),
  };
}

/** Forgejo tells a member by name the least of what a team permits, be it for issues alone. */
function overstatedBy(team: TeamWire): readonly PermissionLevel[] {
  const { level } = toPermission(team.permission);
  return level === 'unknown' || atLeast(toPermission(codePermission(team)), level) ? [] : [level];
}

function greatest(levels: readonly PermissionLevel[]): PermissionLevel | undefined {
  return levels.toSorted((one, other) => compareLevels(other, one))[0];
}

/** People who have a permission together. */
interface Group {
  /** Where its members are listed. */
  readonly path: string;
  /** Whether their number is kept apart from them, so that it may have drifted. */
  readonly keepsCount: boolean;
  readonly permission: Permission;
  /** What it may be where it is not known. */
  readonly most: PermissionLevel;
  readonly via: 'inherited' | 'group';
}

/** The members of the organization, where they may read what nobody granted them. */
function openTo(repository: RepositoryWire): readonly Group[] {
  const visibility = toVisibility(repository);
  if (visibility === 'private') return [];
  const path = `/orgs/${segment(repository.owner.login)}/members`;
  const reason = 'Members may read it but restricted accounts, and Gitea does not tell which are.';
  const permission: Permission =
    visibility === 'public' ? toPermission('read') : { level: 'unknown', native: 'read', reason };
  return [{ path, keepsCount: false, permission, most: 'read', via: 'inherited' }];
}

function toGroup(team: TeamWire): Group {
  const permission = toPermission(codePermission(team));
  return {
    path: `/teams/${team.id}/members`,
    keepsCount: true,
    permission,
    most: permission.level === 'unknown' ? 'admin' : permission.level,
    via: team.permission === 'owner' ? 'inherited' : 'group',
  };
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

/** Undefined where the account may not see them: of a team, it takes an owner of the organization, or a member of it. */
async function readMembers(
  context: ListingContext,
  group: Group,
  call: CallOptions,
): Promise<readonly UserWire[] | undefined> {
  try {
    return await listMembers(context, group, call);
  } catch (error) {
    if (ProviderError.is(error) && (error.kind === 'forbidden' || error.kind === 'not_found'))
      return undefined;
    throw error;
  }
}

/** A number that has drifted from the members is not right again by itself: then they are read without it. */
async function listMembers(
  context: ListingContext,
  { path, keepsCount }: Group,
  call: CallOptions,
): Promise<readonly UserWire[]> {
  const idOf = (user: UserWire): string => String(user.id);
  const request: ListRequest<UserWire> = { what: 'the members', path, schema: userPage, idOf };
  if (!keepsCount) return collect(context, request, call);
  try {
    return await collect(context, { ...request, believesTotal: 'while it fits' }, call);
  } catch (error) {
    if (!(error instanceof MiscountedError)) throw error;
    return collect(context, { ...request, believesTotal: 'never' }, call);
  }
}

async function collect(
  context: ListingContext,
  request: ListRequest<UserWire>,
  call: CallOptions,
): Promise<readonly UserWire[]> {
  const members: UserWire[] = [];
  for await (const { rows } of listRows(context, request, call)) members.push(...rows);
  return members;
}

/** Teams are permitted everything, or each unit of a repository by itself. */
function codePermission({ permission, units_map: units }: TeamWire): string {
  if (permission === 'owner' || permission === 'admin') return permission;
  return units?.['repo.code'] ?? (units ? 'none' : permission);
}
