import type { PermissionLevel } from '@anyforge/core';
import type { Organization, Owner, Person, Repository, Team, Visibility } from './model.js';
import { Random } from './random.js';
import type { World } from './world.js';
import { createWorld } from './world.js';

export interface WorldSize {
  readonly seed?: number;
  readonly people?: number;
  readonly organizations?: number;
  /** 4 when not given; none at all for forges without teams, else 2 at least. */
  readonly teamsPerOrganization?: number;
  readonly repositories?: number;
  /** The share of the repositories that the viewer has a grant on, from 0 to 1; 1 when not given. */
  readonly reach?: number;
  /** How many levels of organizations there are within each; none when not given, as GitHub cannot show them. */
  readonly nesting?: number;
  /** Whether repositories and organizations are shared with others; not when not given, as GitHub cannot show it. */
  readonly shares?: boolean;
  /** What is granted; every level but none when not given. */
  readonly levels?: readonly [
    Exclude<PermissionLevel, 'none'>,
    ...(readonly Exclude<PermissionLevel, 'none'>[]),
  ];
  /**
   * The names of roles that may do nothing in a private repository, 'guest': the viewer has each of them in some. None
   * when not given, as GitHub has none.
   */
  readonly guestRoles?: readonly string[];
  /** Whether some grants are of a role with a name of its own; so when not given, as GitHub has them. */
  readonly customRoles?: boolean;
  /** Who may see an organization's repositories, each as likely as it is often here; all three kinds when not given. */
  readonly visibilities?: readonly [Visibility, ...Visibility[]];
}

type Levels = NonNullable<WorldSize['levels']>;

export interface GeneratedWorld {
  readonly world: World;
  /** The person who reaches as much as was asked for, through grants of every kind. */
  readonly viewer: Person;
}

/** An organization of the generated world, with what grants are handed out through. */
interface Department {
  readonly organization: Organization;
  /** The organization and those within it. */
  readonly owners: readonly Organization[];
  /** Teams that the viewer is in, directly or through a subteam. */
  readonly viewerTeams: readonly Team[];
  readonly otherTeams: readonly Team[];
}

const subjects = ['billing', 'search', 'login', 'weather', 'payments', 'catalog', 'maps', 'mail'] as const;
const parts = ['api', 'web', 'worker', 'infra', 'docs', 'sdk', 'cli', 'schema'] as const;
const everyLevel: Levels = ['read', 'triage', 'write', 'maintain', 'admin'];
const descriptions = [null, '', 'Everything about it', 'Größe, Maße und 数量', '🚀 ships daily'] as const;
const usualVisibilities = ['private', 'private', 'private', 'internal', 'public'] as const;
type Through = 'direct' | 'team' | 'base' | 'personal' | 'outside' | 'shared' | 'guest';

/** Organizations that the viewer does not belong to. */
interface Elsewhere {
  /** Where the viewer reaches nothing. */
  readonly strangers: Organization;
  /** Where the viewer reaches single repositories. */
  readonly clients: Organization;
  /** Shared as a whole with `partners`; both exist in worlds with shares only. */
  readonly allies: Organization | undefined;
  /**
   * Organizations that own nothing and that repositories are shared with: the viewer belongs to one, to the one within
   * it through that, and to the last through a share. In worlds with shares only.
   */
  readonly partners: readonly Organization[];
}

/** Makes a world of any size; the same numbers always make the same world. */
export function generateWorld(size: WorldSize = {}): GeneratedWorld {
  const { seed = 1, people = 20, organizations = 3, repositories = 100, reach = 1 } = size;
  const { levels = everyLevel, guestRoles = [], customRoles = true } = size;
  const { visibilities = usualVisibilities } = size;
  const random = new Random(seed);
  const world = createWorld();
  const viewer = world.addPerson({ username: 'ada', name: 'Ada Viewer' });
  const others = Array.from({ length: Math.max(people - 1, 1) }, (_, index) =>
    world.addPerson({ username: `person-${index + 1}`, kind: index % 10 === 9 ? 'bot' : 'human' }),
  );
  const departments = Array.from({ length: organizations }, (_, index) =>
    addDepartment({ world, viewer, others, random, index, size }),
  );
  const elsewhere = addElsewhere(world, viewer, others, size);
  const ways = waysIn(size);

  let previous: Repository | undefined;
  for (let index = 0; index < repositories; index += 1) {
    const reached = index < Math.round(repositories * reach);
    const department = departments[random.below(departments.length)];
    const through = department === undefined ? 'personal' : random.pick(ways);
    const level = random.pick(levels);
    const owner = reached
      ? ownerFor({ viewer, others, elsewhere, random, through, department })
      : elsewhere.strangers;
    const repository = world.addRepository({
      owner,
      name: `${random.pick(subjects)}-${random.pick(parts)}-${index}`,
      description: random.pick(descriptions),
      visibility: owner.type === 'person' ? pickPersonal(random) : random.pick(visibilities),
      archived: random.chance(0.05),
      empty: random.chance(0.02),
      defaultBranch: random.chance(0.2) ? 'master' : 'main',
      forkOf: random.chance(0.05) ? previous : undefined,
      topics: random.chance(0.3) ? ['generated', random.pick(parts)] : [],
    });
    previous = repository;
    if (!reached) continue;
    const role = level !== 'admin' && random.chance(0.1) && customRoles ? `custom-${level}` : undefined;
    const team = department?.viewerTeams[random.below(department.viewerTeams.length)];
    if (through === 'direct' || through === 'outside' || (through === 'personal' && owner !== viewer))
      world.grant({ to: viewer, on: repository, level, role: owner.type === 'person' ? undefined : role });
    if (through === 'team' && team !== undefined) world.grant({ to: team, on: repository, level, role });
    const partner = elsewhere.partners[index % elsewhere.partners.length];
    if (through === 'shared' && partner !== undefined && owner !== elsewhere.allies)
      world.grant({ to: partner, on: repository, level });
    if (through === 'guest')
      world.grant({ to: viewer, on: repository, level: 'none', role: guestRoles[index % guestRoles.length] });
    if (through !== 'personal') grantToOthers({ world, random, repository, others, department, levels });
  }
  return { world, viewer };
}

/** How a repository is reached, each as likely as it is often here. */
function waysIn({
  teamsPerOrganization,
  shares = false,
  guestRoles = [],
}: WorldSize): [Through, ...Through[]] {
  return [
    'direct',
    ...(teamsPerOrganization === 0 ? [] : (['team', 'team'] as const)),
    'base',
    'personal',
    'outside',
    ...(shares ? (['shared'] as const) : []),
    ...(guestRoles.length === 0 ? [] : (['guest'] as const)),
  ];
}

/** What other people have on an organization's repository: through a team, or as collaborators from outside. */
function grantToOthers(to: {
  readonly world: World;
  readonly random: Random;
  readonly repository: Repository;
  readonly others: readonly Person[];
  readonly department: Department | undefined;
  readonly levels: Levels;
}): void {
  const { world, random, repository, others, department, levels } = to;
  const team = department?.otherTeams[random.below(department.otherTeams.length)];
  const isDepartments = department?.owners.some((each) => each === repository.owner) === true;
  if (isDepartments && team !== undefined && random.chance(0.3))
    world.grant({ to: team, on: repository, level: random.pick(levels) });
  const outsider = others[random.below(others.length)];
  if (outsider !== undefined && random.chance(0.1))
    world.grant({ to: outsider, on: repository, level: random.pick(levels) });
}

function addElsewhere(
  world: World,
  viewer: Person,
  others: readonly Person[],
  { shares = false, nesting = 0 }: WorldSize,
): Elsewhere {
  const strangers = world.addOrganization({ slug: 'strangers', members: others.slice(0, 1) });
  const clients = world.addOrganization({ slug: 'clients', owners: others.slice(0, 1) });
  if (!shares) return { strangers, clients, allies: undefined, partners: [] };
  const allies = world.addOrganization({ slug: 'allies', owners: others.slice(0, 1) });
  const partners = world.addOrganization({ slug: 'partners', members: others.slice(0, 1) });
  world.setMember({ organization: partners, person: viewer, level: 'maintain' });
  world.grant({ to: partners, on: allies, level: 'write' });
  if (nesting === 0) return { strangers, clients, allies, partners: [partners] };
  const within = world.addOrganization({ slug: 'within', parent: partners });
  const friends = world.addOrganization({ slug: 'friends', owners: others.slice(0, 1) });
  world.grant({ to: partners, on: friends, level: 'read' });
  return { strangers, clients, allies, partners: [partners, within, friends] };
}

function addDepartment(into: {
  readonly world: World;
  readonly viewer: Person;
  readonly others: readonly Person[];
  readonly random: Random;
  readonly index: number;
  readonly size: WorldSize;
}): Department {
  const { world, viewer, others, random, index, size } = into;
  const { teamsPerOrganization = 4, nesting = 0 } = size;
  const organization = world.addOrganization({
    slug: `org-${index + 1}`,
    name: `Organization ${index + 1}`,
    description: random.pick(descriptions),
    basePermission: 'read',
    owners: others.filter((_, position) => position % 7 === index % 7),
    members: [viewer],
  });
  const owners = [organization];
  for (let level = 1, parent = organization; level <= nesting; level += 1) {
    parent = world.addOrganization({ slug: `group-${level}`, parent });
    owners.push(parent);
    if (level === nesting) world.setMember({ organization: parent, person: viewer, level: 'write' });
  }
  const viewerTeams: Team[] = [];
  const otherTeams: Team[] = [];
  const teams = teamsPerOrganization === 0 ? 0 : Math.max(teamsPerOrganization, 2);
  for (let number = 0; number < teams; number += 1) {
    const forViewer = number % 2 === 0;
    const members = others.filter(() => random.chance(3 / others.length));
    const team = world.addTeam({ organization, slug: `team-${number + 1}`, members });
    (forViewer ? viewerTeams : otherTeams).push(team);
    if (forViewer)
      world.addTeam({ organization, slug: `team-${number + 1}-inner`, parent: team, members: [viewer] });
  }
  for (const person of others)
    if (world.membership(organization, person) === undefined && random.chance(0.1))
      world.setMember({ organization, person, state: 'pending' });
  return { organization, owners, viewerTeams, otherTeams };
}

function ownerFor(choice: {
  readonly viewer: Person;
  readonly others: readonly Person[];
  readonly elsewhere: Elsewhere;
  readonly random: Random;
  readonly through: Through;
  readonly department: Department | undefined;
}): Owner {
  const { viewer, others, elsewhere, random, through, department } = choice;
  if (through === 'outside' || through === 'guest') return elsewhere.clients;
  if (through === 'shared') return (random.chance(0.3) ? elsewhere.allies : undefined) ?? elsewhere.clients;
  if (through !== 'personal' && department !== undefined)
    return department.owners[random.below(department.owners.length)] ?? department.organization;
  return random.chance(0.5) ? viewer : (others[random.below(others.length)] ?? viewer);
}

function pickPersonal(random: Random): 'private' | 'public' {
  return random.chance(0.6) ? 'private' : 'public';
}
