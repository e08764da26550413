import { describe, expect, it } from '@jest/globals';
import type { PermissionLevel } from '@anyforge/core';
import { systemClock } from '../http/clock.js';
import { effectiveLevel, reachOf } from '../world/access.js';
import type { Organization, Person, Repository, Team } from '../world/model.js';
import { Random } from '../world/random.js';
import type { World } from '../world/world.js';
import { createWorld } from '../world/world.js';
import { Owners } from './owners.js';
import type { RepositoryPermission } from './permissions.js';
import { Permissions } from './permissions.js';
import { giteaProfile } from './profile.js';
import { forgejoRules, giteaRules } from './rules.js';
import type { Search } from './search.js';
import { searchRepositories } from './search.js';
import { mustBeShowable } from './showable.js';
import type { GiteaState } from './state.js';
import { GiteaTeams } from './teams.js';
import { GiteaTokens } from './tokens.js';
import { modes } from './units.js';
import { Viewer } from './viewer.js';

const levels = ['read', 'write', 'admin'] as const;
const standings: readonly { readonly level: PermissionLevel; readonly role?: string }[] = [
  { level: 'read' },
  { level: 'write' },
  { level: 'admin' },
  { level: 'write', role: 'code' },
  { level: 'none', role: 'issues' },
  { level: 'read', role: 'triage' },
];

/** A small world with everything that Gitea can show. */
function mixedWorld(seed: number) {
  const random = new Random(seed);
  const one = <Value>(values: readonly Value[]): Value => {
    const value = values[random.below(values.length)];
    if (value === undefined) throw new Error('nothing to choose from');
    return value;
  };
  const world = createWorld();
  const people = [0, 1, 2, 3].map((index) =>
    world.addPerson({
      username: `p${index}`,
      administrator: random.chance(0.1),
      external: random.chance(0.25),
    }),
  );
  const organizations = [0, 1, 2].map((index) =>
    world.addOrganization({ slug: `o${index}`, basePermission: one(['none', 'none', 'read', 'write']) }),
  );
  for (let index = 0; index < 4; index += 1)
    world.setMember({
      organization: one(organizations),
      person: one(people),
      role: random.chance(0.2) ? 'owner' : 'member',
      level: one(['none', 'none', ...levels]),
      state: random.chance(0.8) ? 'active' : 'pending',
    });
  const teams = [0, 1, 2, 3].map((index): Team => {
    const organization = one(organizations);
    const outer = index < 2 ? undefined : [...world.teamsIn(organization)][0];
    return world.addTeam({ organization, slug: `t${index}`, parent: outer, members: [one(people)] });
  });
  const repositories = [0, 1, 2, 3, 4, 5].map((index) => {
    const owner: Organization | Person = random.chance(0.7) ? one(organizations) : one(people);
    const open = owner.type === 'organization' && owner.id % 2 === 0 ? 'internal' : 'public';
    const visibility = random.chance(0.5) ? 'private' : open;
    return world.addRepository({ owner, name: `r${index}`, visibility });
  });
  for (let index = 0; index < 8; index += 1) {
    const on = one(repositories);
    const team = one(teams);
    if (random.chance(0.5)) {
      const to = one(people);
      if (to !== on.owner) world.grant({ to, on, level: one(levels) });
    } else if (team.organization === on.owner)
      world.grant({ to: team, on: random.chance(0.2) ? on.owner : on, ...one(standings) });
  }
  return { world, people, repositories };
}

function stateOf(world: World, profile = giteaProfile('gitea', '1.26.3')): GiteaState {
  const owners = new Owners(world, {});
  const teams = new GiteaTeams(world, profile.teamMode);
  return {
    world,
    profile,
    tokens: new GiteaTokens(systemClock, '', profile.scopesOfApplication),
    owners,
    teams,
    permissions: new Permissions(world, teams, owners, false, profile.recordsGrants),
    pageSizes: { maximum: 50, usual: 30 },
    closed: false,
  };
}

function levelOf({ mode, code }: RepositoryPermission): PermissionLevel {
  if (mode >= modes.admin) return 'admin';
  return code >= modes.write ? 'write' : code >= modes.read ? 'read' : 'none';
}

/** What somebody finds who looks for what is theirs, and for what is open in their organizations. */
function listed(state: GiteaState, person: Person): ReadonlySet<Repository> {
  const viewer = new Viewer(state, person, undefined);
  const search: Search = {
    withPrivate: true,
    of: person,
    owned: 'both',
    isPrivate: undefined,
    archived: undefined,
    fork: undefined,
    teamId: undefined,
    keyword: undefined,
  };
  const organizations = [...state.world.membershipsOf(person)]
    .filter((membership) => membership.state === 'active')
    .flatMap(({ organization }) => [
      ...searchRepositories(viewer, { ...search, of: organization, owned: 'only', isPrivate: false }),
    ]);
  return new Set([...searchRepositories(viewer, search), ...organizations]);
}

/** Whether an external person is in a team that holds the repository, or may read what is internal. */
function isShutOut({ teams, permissions }: GiteaState, person: Person, repository: Repository): boolean {
  if (!person.external || repository.visibility === 'private') return false;
  return (
    teams.holding(repository).some(({ members }) => members.has(person)) ||
    (repository.visibility === 'internal' && permissions.collaboratorsOf(repository).has(person))
  );
}

describe('what Gitea shows', () => {
  it('is less than the world has for external people in teams that may not see the code of what is public', () => {
    const world = createWorld();
    const [ada, eve] = [false, true].map((external) =>
      world.addPerson({ username: external ? 'eve' : 'ada', external }),
    );
    const acme = world.addOrganization({ slug: 'acme' });
    const open = world.addRepository({ owner: acme, name: 'open', visibility: 'public' });
    if (ada === undefined || eve === undefined) throw new Error('there are two');
    const helpers = world.addTeam({ organization: acme, slug: 'helpers', members: [ada, eve] });
    const { permissions } = stateOf(world);
    expect([ada, eve].map((person) => levelOf(permissions.of(person, open)))).toEqual(['read', 'read']);
    world.grant({ to: helpers, on: open, level: 'none', role: 'issues' });
    expect([ada, eve].map((person) => levelOf(permissions.of(person, open)))).toEqual(['read', 'none']);
  });

  it('is less than the world has for external people who were granted to read what is internal', () => {
    const world = createWorld();
    const eve = world.addPerson({ username: 'eve', external: true });
    const acme = world.addOrganization({ slug: 'acme' });
    const inner = world.addRepository({ owner: acme, name: 'inner', visibility: 'internal' });
    const { permissions } = stateOf(world);
    world.grant({ to: eve, on: inner, level: 'read' });
    expect(levelOf(permissions.of(eve, inner))).toBe('none');
    world.grant({ to: eve, on: inner, level: 'write' });
    expect(levelOf(permissions.of(eve, inner))).toBe('write');
  });

  it.each([
    ['Gitea', giteaProfile('gitea', '1.26.3'), giteaRules],
    ['Forgejo', giteaProfile('forgejo', '15.0.3'), forgejoRules],
  ] as const)(
    'is what people have in the world, one by one and in their listings, by the rules of %s',
    (_, profile, rules) => {
      const disagreements: string[] = [];
      let reached = 0;
      for (let seed = 1; seed <= 400; seed += 1) {
        const { world, people, repositories } = mixedWorld(seed);
        mustBeShowable(world);
        const state = stateOf(world, profile);
        for (const person of people) {
          const found = listed(state, person);
          const reach = reachOf(world, person, rules);
          reached += reach.size;
          for (const repository of repositories) {
            const told = levelOf(state.permissions.of(person, repository));
            const has = effectiveLevel(world, person, repository, rules);
            const name = `seed ${seed}: ${person.path} on ${repository.path} (${repository.visibility})`;
            if (told !== has && !isShutOut(state, person, repository))
              disagreements.push(`${name} has ${has} and is told ${told}`);
            if (found.has(repository) !== reach.has(repository) && !isShutOut(state, person, repository))
              disagreements.push(`${name} is ${found.has(repository) ? '' : 'not '}listed`);
          }
        }
      }
      expect(disagreements.slice(0, 10)).toEqual([]);
      expect(reached).toBeGreaterThan(1000);
    },
  );
});
