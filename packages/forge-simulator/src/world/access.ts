import type { PermissionLevel } from '@anyforge/core';
import { compareLevels } from '@anyforge/core';
import type { Grant, Membership, Organization, Person, Repository, Team } from './model.js';
import type { World } from './world.js';

/** One way in which a person reaches a repository. */
export interface AccessSource {
  /** `public`: everybody who may see the repository has it; it is no grant to this person. */
  readonly via: 'direct' | 'group' | 'inherited' | 'shared' | 'public';
  readonly level: PermissionLevel;
  /** A custom role's name. */
  readonly role?: string | undefined;
}

/** What a person can do on a repository, and why. */
export interface Access {
  /** The effective level: the highest of all sources. */
  readonly level: PermissionLevel;
  /** The custom role, where that is what gives the level. */
  readonly role: string | undefined;
  readonly sources: readonly AccessSource[];
}

/** A person's effective level on a repository, through every kind of grant and its visibility. Pure. */
export function effectiveLevel(world: World, person: Person, repository: Repository): PermissionLevel {
  return accessOf(world, person, repository).level;
}

/** A person's effective level on a repository, with its sources. Pure. */
export function accessOf(world: World, person: Person, repository: Repository): Access {
  return summarize(new PersonalView(world, person).sources(repository));
}

/** Every repository that a person reaches by a grant of any kind, and how; those merely visible to everybody are not. */
export function reachOf(world: World, person: Person): ReadonlyMap<Repository, Access> {
  const view = new PersonalView(world, person);
  const reach = new Map<Repository, Access>();
  for (const repository of view.candidates()) {
    if (reach.has(repository)) continue;
    const access = summarize(view.sources(repository));
    const granted = access.sources.some((source) => source.via !== 'public' && source.level !== 'none');
    if (granted) reach.set(repository, access);
  }
  return reach;
}

/** Everybody with a grant of any kind on a repository, by id. */
export function holdersOf(world: World, repository: Repository): ReadonlyMap<Person, Access> {
  const candidates = new Set<Person>();
  const addGrantees = (grants: Iterable<Grant>): void => {
    for (const { to } of grants) for (const person of peopleBehind(world, to)) candidates.add(person);
  };
  addGrantees(world.grantsOn(repository));
  if (repository.owner.type === 'person') candidates.add(repository.owner);
  else
    for (const organization of lineage(repository.owner)) {
      for (const { person } of world.membersOf(organization)) candidates.add(person);
      addGrantees(world.grantsOn(organization));
    }
  const holders = new Map<Person, Access>();
  for (const person of [...candidates].sort((left, right) => left.id - right.id)) {
    const access = accessOf(world, person, repository);
    if (access.sources.some((source) => source.via !== 'public' && source.level !== 'none'))
      holders.set(person, access);
  }
  return holders;
}

/** An organization and its ancestors, nearest first. */
function* lineage(organization: Organization): Generator<Organization> {
  for (let each: Organization | undefined = organization; each !== undefined; each = each.parent) yield each;
}

/** The organization at the top of an organization's path. */
function rootOf(organization: Organization): Organization {
  return organization.parent === undefined ? organization : rootOf(organization.parent);
}

/** One person's sources, remembering what an organization gives so that thousands of repositories are cheap. */
class PersonalView {
  readonly #teams: Set<Team>;
  readonly #memberships: readonly Membership[];
  readonly #fromOrganizations = new Map<Organization, readonly AccessSource[]>();

  constructor(
    readonly world: World,
    readonly person: Person,
  ) {
    this.#teams = world.teamsOf(person);
    this.#memberships = [...world.membershipsOf(person)].filter(({ state }) => state === 'active');
  }

  sources(repository: Repository): readonly AccessSource[] {
    const { owner } = repository;
    const sources: AccessSource[] = [];
    if (owner === this.person) sources.push({ via: 'direct', level: 'admin' });
    this.#collect(this.world.grantsOn(repository), sources, false);
    if (owner.type === 'organization') sources.push(...this.#fromOrganization(owner));
    if (repository.visibility === 'public') sources.push({ via: 'public', level: 'read' });
    if (repository.visibility === 'internal' && this.#memberships.length > 0)
      sources.push({ via: this.#belongsTo(owner.id) ? 'inherited' : 'public', level: 'read' });
    return sources;
  }

  *candidates(): Generator<Repository> {
    yield* this.world.repositoriesOf(this.person);
    yield* this.#granted(this.world.grantsTo(this.person));
    for (const team of this.#teams) yield* this.#granted(this.world.grantsTo(team));
    for (const { organization } of this.#memberships) {
      yield* this.#below(organization);
      for (const organizationOrChild of this.#withChildren(organization))
        yield* this.#granted(this.world.grantsTo(organizationOrChild));
    }
  }

  *#granted(grants: Iterable<Grant>): Generator<Repository> {
    for (const { on } of grants) {
      if (on.type === 'repository') yield on;
      else yield* this.#below(on);
    }
  }

  *#below(organization: Organization): Generator<Repository> {
    for (const each of this.#withChildren(organization)) yield* this.world.repositoriesOf(each);
  }

  *#withChildren(organization: Organization): Generator<Organization> {
    yield organization;
    for (const child of this.world.organizationsIn(organization)) yield* this.#withChildren(child);
  }

  #belongsTo(ownerId: number): boolean {
    const owner = this.world.organizationById(ownerId);
    if (owner === undefined) return false;
    return this.#memberships.some(({ organization }) => rootOf(organization) === rootOf(owner));
  }

  #fromOrganization(organization: Organization): readonly AccessSource[] {
    const known = this.#fromOrganizations.get(organization);
    if (known !== undefined) return known;
    const sources: AccessSource[] = [];
    for (const each of lineage(organization)) {
      const level = this.#memberLevel(each);
      if (level !== undefined) sources.push({ via: 'inherited', level });
      this.#collect(this.world.grantsOn(each), sources, true);
    }
    this.#fromOrganizations.set(organization, sources);
    return sources;
  }

  #collect(grants: Iterable<Grant>, sources: AccessSource[], inherited: boolean): void {
    for (const { to, level, role } of grants) {
      if (to.type === 'organization') {
        const own = this.#shareLevel(to);
        if (own !== undefined) sources.push({ via: 'shared', level: lower(own, level) });
      } else if (to === this.person) sources.push({ via: inherited ? 'inherited' : 'direct', level, role });
      else if (to.type === 'team' && this.#teams.has(to)) sources.push({ via: 'group', level, role });
    }
  }

  /** What a share to an organization can at most pass on to this person: the highest level as its member. */
  #shareLevel(organization: Organization): PermissionLevel | undefined {
    let highest: PermissionLevel | undefined;
    for (const each of lineage(organization)) {
      const level = this.#memberLevel(each);
      if (level !== undefined && (highest === undefined || compareLevels(level, highest) > 0))
        highest = level;
    }
    return highest;
  }

  #memberLevel(organization: Organization): PermissionLevel | undefined {
    const membership = this.#memberships.find((each) => each.organization === organization);
    if (membership === undefined) return undefined;
    if (membership.role === 'owner') return 'admin';
    return higher(membership.level, organization.basePermission);
  }
}

function* peopleBehind(world: World, subject: Grant['to']): Generator<Person> {
  if (subject.type === 'person') yield subject;
  if (subject.type === 'organization')
    for (const organization of lineage(subject))
      for (const { person } of world.membersOf(organization)) yield person;
  if (subject.type === 'team') {
    yield* world.peopleIn(subject);
    for (const child of world.subteamsOf(subject)) yield* peopleBehind(world, child);
  }
}

function summarize(sources: readonly AccessSource[]): Access {
  let best: AccessSource = { via: 'public', level: 'none' };
  for (const source of sources) if (compareLevels(source.level, best.level) > 0) best = source;
  return { level: best.level, role: best.role, sources };
}

function lower(left: PermissionLevel, right: PermissionLevel): PermissionLevel {
  return compareLevels(left, right) < 0 ? left : right;
}

function higher(left: PermissionLevel, right: PermissionLevel): PermissionLevel {
  return compareLevels(left, right) > 0 ? left : right;
}
