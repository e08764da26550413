import { describe, expect, it } from '@jest/globals';
import type { AccessRules, Standing } from './access-rules.js';
import { accessOf, holdersOf, reachOf } from './access.js';
import type { GrantSubject, GrantTarget, Organization, Team } from './model.js';
import { everybody } from './model.js';
import { Random } from './random.js';
import { createWorld } from './world.js';

const levels = ['none', 'read', 'triage', 'write', 'maintain', 'admin'] as const;
const visibilities = ['private', 'internal', 'public'] as const;
const rulebooks: readonly AccessRules[] = [
  { administrators: 'nothing', internal: 'members' },
  { administrators: 'everything', internal: 'signed-in' },
  { administrators: 'unlisted', internal: 'signed-in', membersReadOpen: true },
  {
    administrators: 'nothing',
    internal: 'signed-in',
    compare: (left, right) => rankOf(left) - rankOf(right),
  },
];

/** Tells a guest, and anybody with a role of another name, from those with the same level alone. */
function rankOf({ level, role }: Standing): number {
  return levels.indexOf(level) * 2 + (role === undefined ? 0 : 1);
}

/** A tiny world in which everything is mixed up: nesting, shares, projects, groups, guests, invited and suspended people. */
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
      suspended: random.chance(0.1),
      administrator: random.chance(0.1),
      external: random.chance(0.2),
    }),
  );
  const organizations: Organization[] = [];
  for (let index = 0; index < 4; index += 1)
    organizations.push(
      world.addOrganization({
        slug: `o${index}`,
        parent: index > 0 && random.chance(0.5) ? one(organizations) : undefined,
        basePermission: one(levels.slice(0, 3)),
      }),
    );
  for (let index = 0; index < 4; index += 1)
    world.setMember({
      organization: one(organizations),
      person: one(people),
      role: random.chance(0.2) ? 'owner' : 'member',
      level: one(levels),
      roleName: random.chance(0.2) ? 'guest' : undefined,
      state: random.chance(0.8) ? 'active' : 'pending',
    });
  const teams: Team[] = [];
  for (let index = 0; index < 4; index += 1) {
    const parent = index > 0 && random.chance(0.5) ? one(teams) : undefined;
    const organization = random.chance(0.5) ? one(organizations) : undefined;
    teams.push(
      world.addTeam({
        organization: parent === undefined ? organization : parent.organization,
        slug: `t${index}`,
        parent,
        members: random.chance(0.7) ? [one(people)] : [],
      }),
    );
  }
  const projects = organizations.map((organization) => world.addProject({ organization, key: 'X' }));
  const repositories = [0, 1, 2, 3, 4].map((index) => {
    const project = random.chance(0.3) ? one(projects) : undefined;
    const owner = project?.organization ?? (random.chance(0.7) ? one(organizations) : one(people));
    return world.addRepository({ owner, project, name: `r${index}`, visibility: one(visibilities) });
  });
  const subjects: readonly GrantSubject[] = [...people, ...organizations, ...teams, everybody];
  const targets: readonly GrantTarget[] = [...organizations, ...repositories, ...projects];
  for (let index = 0; index < 8; index += 1) {
    const to = one(subjects);
    const on = one(targets);
    if (to.type === 'person' && on.type === 'organization') continue;
    world.grant({ to, on, level: one(levels), role: random.chance(0.1) ? 'special' : undefined });
  }
  return { world, people, repositories };
}

describe.each(rulebooks)('under the rules %p', (rules) => {
  it('what one reaches, who holds it, and what each has alone are one and the same', () => {
    const disagreements: string[] = [];
    let granted = 0;
    for (let seed = 1; seed <= 400; seed += 1) {
      const { world, people, repositories } = mixedWorld(seed);
      for (const person of people) {
        const reach = reachOf(world, person, rules);
        for (const repository of repositories) {
          const alone = accessOf(world, person, repository, rules);
          const has = alone.sources.some(
            ({ via, level, role }) => via !== 'public' && (level !== 'none' || role !== undefined),
          );
          const held = holdersOf(world, repository, rules).get(person);
          const seen = reach.get(repository);
          if (has) granted += 1;
          for (const [name, access] of Object.entries({ held, seen }))
            if (JSON.stringify(access) !== JSON.stringify(has ? alone : undefined))
              disagreements.push(`seed ${seed}: ${person.path} on ${repository.path}, ${name}`);
        }
      }
    }
    expect(disagreements).toEqual([]);
    expect(granted).toBeGreaterThan(1000);
  });
});
