import { describe, expect, it } from '@jest/globals';
import { accessOf, holdersOf, reachOf } from './access.js';
import type { GeneratedWorld } from './generate.js';
import { generateWorld } from './generate.js';
import type { Grant, Person } from './model.js';

function listing({ world, viewer }: GeneratedWorld): string[] {
  return [...reachOf(world, viewer)].map(
    ([{ id, path, visibility, archived }, { level }]) => `${id} ${path} ${visibility} ${archived} ${level}`,
  );
}

describe('generateWorld', () => {
  it('makes the same world from the same numbers and another from another seed', () => {
    const size = { seed: 7, repositories: 300 };
    expect(listing(generateWorld(size))).toEqual(listing(generateWorld(size)));
    expect(listing(generateWorld({ ...size, seed: 8 }))).not.toEqual(listing(generateWorld(size)));
  });

  it.each([{}, { nesting: 2, shares: true }])(
    'lets the viewer reach exactly as many repositories as asked (%p)',
    (kinds) => {
      const { world, viewer } = generateWorld({ repositories: 500, reach: 0.4, ...kinds });
      expect(world.repositoryCount).toBe(500);
      expect(reachOf(world, viewer).size).toBe(200);
    },
  );

  it('reaches them through every kind of grant that GitHub has and with every level', () => {
    const { world, viewer } = generateWorld({ repositories: 1000 });
    const reach = reachOf(world, viewer);
    const accesses = [...reach.values()];
    const ways = new Set(accesses.flatMap(({ sources }) => sources.map(({ via }) => via)));
    expect(ways).toEqual(new Set(['direct', 'group', 'inherited', 'public']));
    expect(new Set(accesses.map(({ level }) => level)).size).toBe(5);
    expect(new Set(accesses.map(({ role }) => role))).toContain('custom-write');
  });

  it('has collaborators from outside, the viewer among them, and people who are invited only', () => {
    const { world, viewer } = generateWorld({ repositories: 1000 });
    const isOutside = ({ to, on }: Grant, person?: Person) =>
      to.type === 'person' &&
      (person === undefined || to === person) &&
      on.type === 'repository' &&
      on.owner.type === 'organization' &&
      world.membership(on.owner, to) === undefined;
    const outside = [...world.grants].filter((grant) => isOutside(grant));
    expect(outside.filter((grant) => isOutside(grant, viewer)).length).toBeGreaterThan(50);
    expect(outside.filter(({ to }) => to !== viewer).length).toBeGreaterThan(20);
    const states = [...world.organizations].flatMap((organization) =>
      [...world.membersOf(organization)].map(({ state }) => state),
    );
    expect(new Set(states)).toEqual(new Set(['active', 'pending']));
    expect([...world.membershipsOf(viewer)].map(({ state }) => state)).not.toContain('pending');
  });

  it('nests organizations and shares them when asked to', () => {
    const { world, viewer } = generateWorld({ repositories: 1000, nesting: 2, shares: true });
    const paths = [...reachOf(world, viewer).keys()].map(({ owner }) => owner.path);
    expect(paths).toEqual(
      expect.arrayContaining(['org-1', 'org-1/group-1', 'org-1/group-1/group-2', 'clients', 'allies']),
    );
    const ways = new Set(
      [...reachOf(world, viewer).values()].flatMap(({ sources }) => sources.map(({ via }) => via)),
    );
    expect(ways).toContain('shared');
  });

  it('shares with the organization of the viewer, with one within it and with one that it is shared with in turn', () => {
    const { world, viewer } = generateWorld({ repositories: 300, nesting: 2, shares: true });
    const sharedWith = new Set(
      [...world.grants].map(({ to }) => (to.type === 'organization' ? to.path : '')),
    );
    expect(sharedWith).toEqual(new Set(['', 'partners', 'partners/within', 'friends']));
    expect([...world.membershipsOf(viewer)].map(({ organization }) => organization.path)).not.toContain(
      'partners/within',
    );
  });

  it('has no teams, other levels alone, and guests for forges that are like that', () => {
    const { world, viewer } = generateWorld({
      repositories: 300,
      teamsPerOrganization: 0,
      levels: ['read', 'write'],
      guestRoles: ['guest', 'planner'],
    });
    const levels = new Set([...world.grants].map(({ level, role }) => `${level} ${role ?? ''}`));
    expect([...world.grants].filter(({ to }) => to.type !== 'person')).toEqual([]);
    expect([...levels].sort()).toEqual(
      ['none guest', 'none planner', 'read ', 'read custom-read', 'write ', 'write custom-write'].sort(),
    );
    expect(reachOf(world, viewer).size).toBe(300);
  });

  it('has neither custom roles nor what is internal for forges that know no such thing', () => {
    const { world } = generateWorld({
      repositories: 300,
      customRoles: false,
      visibilities: ['private', 'public'],
    });
    expect(new Set([...world.grants].map(({ role }) => role))).toEqual(new Set([undefined]));
    expect(new Set([...world.repositories].map(({ visibility }) => visibility))).toEqual(
      new Set(['private', 'public']),
    );
  });

  it.each([
    { seed: 3, repositories: 400, reach: 0.7 },
    { seed: 4, repositories: 400, reach: 0.7, nesting: 3, shares: true },
  ])('agrees with the level computed for each repository alone (%p)', (size) => {
    const { world, viewer } = generateWorld(size);
    const reach = reachOf(world, viewer);
    for (const repository of world.repositories) {
      const alone = accessOf(world, viewer, repository);
      const granted = alone.sources.some(({ via, level }) => via !== 'public' && level !== 'none');
      expect(reach.get(repository)?.level).toBe(granted ? alone.level : undefined);
      expect(holdersOf(world, repository).get(viewer)?.level).toBe(granted ? alone.level : undefined);
    }
  });
});
