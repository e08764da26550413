import type { PermissionLevel } from '@anyforge/core';
import { compareLevels } from '@anyforge/core';
import { Kept } from '../world/kept.js';
import type { Membership, Organization, Person, Repository, Team } from '../world/model.js';
import type { ReadableWorld } from '../world/readable-world.js';
import type { GiteaProfile } from './profile.js';
import type { AccessMode, UnitModes } from './units.js';
import { everyUnit, leastMode, modes, unitModesOf } from './units.js';

/** A team as Gitea has them: one permission for everything that it holds. */
export interface GiteaTeam {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly organization: Organization;
  /**
   * Of owners and administrators. Whatever else a team may do is told unit by unit; here is nothing, or the least of
   * that, as the version has it.
   */
  readonly mode: AccessMode;
  readonly units: UnitModes;
  readonly includesAll: boolean;
  /** Directly: there are no teams within teams. */
  readonly members: ReadonlySet<Person>;
  readonly repositories: ReadonlySet<Repository>;
}

export const ownersTeam = 'Owners';

/**
 * The teams of a world. Members of an organization are, in Gitea, those of its teams: owners are in the team of that
 * name, all others in one that permits what every member has, and in one more for a level of their own. A team with
 * different levels on different repositories is one for each, and who is in a team within it is in it.
 */
export class GiteaTeams {
  readonly #ofOrganization: Kept<Organization, readonly GiteaTeam[]>;
  readonly #ofPerson: Kept<Person, readonly GiteaTeam[]>;

  constructor(
    readonly world: ReadableWorld,
    readonly teamMode: GiteaProfile['teamMode'],
  ) {
    this.#ofOrganization = new Kept(world);
    this.#ofPerson = new Kept(world);
  }

  of(organization: Organization): readonly GiteaTeam[] {
    return this.#ofOrganization.get(organization, () =>
      teamsOf(this.world, organization).map((team) => this.#withMode(team)),
    );
  }

  #withMode(team: GiteaTeam): GiteaTeam {
    if (this.teamMode === 'none' || team.mode !== modes.none) return team;
    return { ...team, mode: leastMode(team.units) };
  }

  byId(id: number): GiteaTeam | undefined {
    for (const organization of this.world.organizations) {
      const found = this.of(organization).find((team) => team.id === id);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Those that somebody is in. */
  with(person: Person): readonly GiteaTeam[] {
    return this.#ofPerson.get(person, () =>
      [...this.world.membershipsOf(person)]
        .flatMap(({ organization }) => this.of(organization))
        .filter(({ members }) => members.has(person)),
    );
  }

  /** Those that hold a repository. */
  holding(repository: Repository): readonly GiteaTeam[] {
    const { owner } = repository;
    if (owner.type === 'person') return [];
    return this.of(owner).filter(({ repositories }) => repositories.has(repository));
  }

  isMember(organization: Organization, person: Person | undefined): boolean {
    return person !== undefined && this.world.membership(organization, person)?.state === 'active';
  }

  isOwner(organization: Organization, person: Person): boolean {
    return (
      this.isMember(organization, person) && this.world.membership(organization, person)?.role === 'owner'
    );
  }

  membersOf(organization: Organization): readonly Person[] {
    return activeMembers(this.world, organization).map(({ person }) => person);
  }
}

/** What a team is given, and on what. */
interface Share {
  readonly level: PermissionLevel;
  readonly role: string | undefined;
  readonly repositories: Set<Repository>;
  includesAll: boolean;
}

/** Every team of the world's may become several of Gitea's, and so may every organization itself. */
const idsApiece = 10;
const ownersOffset = 9;
const offsets: Readonly<Record<string, number>> = {
  none: 0,
  read: 1,
  write: 2,
  admin: 3,
  'read code': 4,
  'write code': 5,
  'none issues': 6,
  'read triage': 7,
};

function teamsOf(world: ReadableWorld, organization: Organization): readonly GiteaTeam[] {
  const all = new Set(world.repositoriesOf(organization));
  const members = activeMembers(world, organization);
  const named = [...world.teamsIn(organization)].flatMap((team) => shownTeams(world, team, all));
  return [ownersOf(organization, all, members), ...memberTeams(organization, all, members), ...named];
}

function ownersOf(
  organization: Organization,
  repositories: ReadonlySet<Repository>,
  members: readonly Membership[],
): GiteaTeam {
  return {
    id: organization.id * idsApiece + ownersOffset,
    name: ownersTeam,
    description: '',
    organization,
    mode: modes.owner,
    units: everyUnit(modes.owner),
    includesAll: true,
    members: new Set(members.filter(({ role }) => role === 'owner').map(({ person }) => person)),
    repositories,
  };
}

/** One for everybody but owners, and one for each level that somebody has beyond what everybody has. */
function memberTeams(
  organization: Organization,
  all: ReadonlySet<Repository>,
  members: readonly Membership[],
): GiteaTeam[] {
  const others = members.filter(({ role }) => role !== 'owner');
  if (others.length === 0) return [];
  const { basePermission } = organization;
  const higher = new Map<PermissionLevel, Membership[]>();
  for (const member of others)
    if (compareLevels(member.level, basePermission) > 0)
      higher.set(member.level, [...(higher.get(member.level) ?? []), member]);
  const team = (name: string, level: PermissionLevel, of: readonly Membership[]): GiteaTeam =>
    toTeam({
      source: organization,
      name,
      description: '',
      organization,
      members: new Set(of.map(({ person }) => person)),
      share: {
        level,
        role: undefined,
        repositories: new Set(level === 'none' ? [] : all),
        includesAll: level !== 'none',
      },
    });
  return [
    team('members', basePermission, others),
    ...[...higher].map(([level, of]) => team(`members-${level}`, level, of)),
  ];
}

function shownTeams(world: ReadableWorld, team: Team, all: ReadonlySet<Repository>): GiteaTeam[] {
  const { organization, slug, description } = team;
  if (organization === undefined) return [];
  const found = sharesOf(world, team, all);
  const shares = found.length === 0 ? [nothing()] : found;
  const members = new Set(
    [...peopleWithin(world, team)].filter(
      (person) => world.membership(organization, person)?.state === 'active',
    ),
  );
  return shares.map((share) => {
    const name = shares.length === 1 ? slug : `${slug}-${share.role ?? share.level}`;
    return toTeam({ source: team, name, description: description ?? '', organization, members, share });
  });
}

function nothing(): Share {
  return { level: 'none', role: undefined, repositories: new Set(), includesAll: false };
}

function sharesOf(world: ReadableWorld, team: Team, all: ReadonlySet<Repository>): Share[] {
  const shares = new Map<string, Share>();
  for (const { on, level, role } of world.grantsTo(team)) {
    const key = `${level} ${role ?? ''}`;
    const share = shares.get(key) ?? { ...nothing(), level, role };
    shares.set(key, share);
    if (on.type === 'organization') {
      share.includesAll = true;
      for (const repository of all) share.repositories.add(repository);
    }
    if (on.type === 'repository') share.repositories.add(on);
  }
  return [...shares.values()];
}

function toTeam({
  source,
  share: { level, role, repositories, includesAll },
  ...rest
}: Pick<GiteaTeam, 'name' | 'description' | 'organization' | 'members'> & {
  readonly source: { readonly id: number };
  readonly share: Share;
}): GiteaTeam {
  const offset = offsets[role === undefined ? level : `${level} ${role}`] ?? 0;
  return {
    ...rest,
    id: source.id * idsApiece + offset,
    mode: level === 'admin' ? modes.admin : modes.none,
    units: unitModesOf(level, role),
    includesAll,
    repositories,
  };
}

function* peopleWithin(world: ReadableWorld, team: Team): Generator<Person> {
  yield* world.peopleIn(team);
  for (const child of world.subteamsOf(team)) yield* peopleWithin(world, child);
}

/** Who is only invited is nobody yet. */
function activeMembers(world: ReadableWorld, organization: Organization): Membership[] {
  return [...world.membersOf(organization)].filter(({ state }) => state === 'active');
}
