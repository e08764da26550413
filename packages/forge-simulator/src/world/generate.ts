import type { PermissionLevel } from '@anyforge/core';
import type { Organization, Owner, Person, Repository, Team } from './model.js';
import { Random } from './random.js';
import type { World } from './world.js';
import { createWorld } from './world.js';

export interface WorldSize {
  readonly seed?: number;
  readonly people?: number;
  readonly organizations?: number;
  readonly teamsPerOrganization?: number;
  readonly repositories?: number;
  /** The share of the repositories that the viewer has a grant on, from 0 to 1; 1 when not given. */
  readonly reach?: number;
}

export interface GeneratedWorld {
  readonly world: World;
  /** The person who reaches as much as was asked for, through grants of every kind. */
  readonly viewer: Person;
}

/** An organization of the generated world, with what grants are handed out through. */
interface Department {
  readonly organization: Organization;
  /** Teams that the viewer is in, directly or through a subteam. */
  readonly viewerTeams: readonly Team[];
  readonly otherTeams: readonly Team[];
}

const subjects = ['billing', 'search', 'login', 'weather', 'payments', 'catalog', 'maps', 'mail'] as const;
const parts = ['api', 'web', 'worker', 'infra', 'docs', 'sdk', 'cli', 'schema'] as const;
const levels = ['read', 'triage', 'write', 'maintain', 'admin'] as const satisfies PermissionLevel[];
const descriptions = [null, '', 'Everything about it', 'Größe, Maße und 数量', '🚀 ships daily'] as const;
const visibilities = ['private', 'private', 'private', 'internal', 'public'] as const;
const reachedThrough = ['direct', 'team', 'team', 'base', 'personal'] as const;

/** Makes a world of any size; the same numbers always make the same world. */
export function generateWorld(size: WorldSize = {}): GeneratedWorld {
  const { seed = 1, people = 20, organizations = 3, teamsPerOrganization = 4 } = size;
  const { repositories = 100, reach = 1 } = size;
  const random = new Random(seed);
  const world = createWorld();
  const viewer = world.addPerson({ username: 'ada', name: 'Ada Viewer' });
  const others = Array.from({ length: Math.max(people - 1, 1) }, (_, index) =>
    world.addPerson({ username: `person-${index + 1}`, kind: index % 10 === 9 ? 'bot' : 'human' }),
  );
  const departments = Array.from({ length: organizations }, (_, index) =>
    addDepartment(world, viewer, others, random, index, teamsPerOrganization),
  );
  const strangers = world.addOrganization({ slug: 'strangers', members: others.slice(0, 1) });

  let previous: Repository | undefined;
  for (let index = 0; index < repositories; index += 1) {
    const reached = index < Math.round(repositories * reach);
    const department = departments[random.below(departments.length)];
    const through = department === undefined ? 'personal' : random.pick(reachedThrough);
    const level = random.pick(levels);
    const owner = ownerFor({ viewer, others, strangers, random, reached, through, department });
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
    if (through === 'direct' || (through === 'personal' && owner !== viewer))
      world.grant({ to: viewer, on: repository, level });
    const team = department?.viewerTeams[random.below(department.viewerTeams.length)];
    if (through === 'team' && team !== undefined) world.grant({ to: team, on: repository, level });
    const otherTeam = department?.otherTeams[random.below(department.otherTeams.length)];
    if (owner.type === 'organization' && otherTeam !== undefined && random.chance(0.3))
      world.grant({ to: otherTeam, on: repository, level: random.pick(levels) });
  }
  return { world, viewer };
}

function addDepartment(
  world: World,
  viewer: Person,
  others: readonly Person[],
  random: Random,
  index: number,
  teamCount: number,
): Department {
  const organization = world.addOrganization({
    slug: `org-${index + 1}`,
    name: `Organization ${index + 1}`,
    description: random.pick(descriptions),
    basePermission: 'read',
    owners: others.filter((_, position) => position % 7 === index % 7),
    members: [viewer],
  });
  const viewerTeams: Team[] = [];
  const otherTeams: Team[] = [];
  for (let number = 0; number < Math.max(teamCount, 2); number += 1) {
    const forViewer = number % 2 === 0;
    const members = others.filter(() => random.chance(3 / others.length));
    for (const person of members)
      if (world.membership(organization, person) === undefined) world.setMember({ organization, person });
    const team = world.addTeam({ organization, slug: `team-${number + 1}`, members });
    (forViewer ? viewerTeams : otherTeams).push(team);
    if (forViewer)
      world.addTeam({ organization, slug: `team-${number + 1}-inner`, parent: team, members: [viewer] });
  }
  return { organization, viewerTeams, otherTeams };
}

function ownerFor(choice: {
  readonly viewer: Person;
  readonly others: readonly Person[];
  readonly strangers: Organization;
  readonly random: Random;
  readonly reached: boolean;
  readonly through: (typeof reachedThrough)[number];
  readonly department: Department | undefined;
}): Owner {
  const { viewer, others, strangers, random, reached, through, department } = choice;
  if (!reached) return strangers;
  if (through !== 'personal' && department !== undefined) return department.organization;
  return random.chance(0.5) ? viewer : (others[random.below(others.length)] ?? viewer);
}

function pickPersonal(random: Random): 'private' | 'public' {
  return random.chance(0.6) ? 'private' : 'public';
}
