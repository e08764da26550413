import { describe, expect, it } from '@jest/globals';
import { accessOf, effectiveLevel, holdersOf, reachOf } from './access.js';
import type { Organization, Person, Repository } from './model.js';
import type { World } from './world.js';
import { createWorld } from './world.js';

interface Company {
  readonly world: World;
  readonly ada: Person;
  readonly grace: Person;
  readonly acme: Organization;
  readonly api: Repository;
}

function company(): Company {
  const world = createWorld();
  const ada = world.addPerson({ username: 'ada' });
  const grace = world.addPerson({ username: 'grace' });
  const acme = world.addOrganization({ slug: 'acme', members: [ada] });
  const api = world.addRepository({ owner: acme, name: 'api' });
  return { world, ada, grace, acme, api };
}

describe('effectiveLevel', () => {
  it('is none on a private repository without any grant', () => {
    const { world, ada, api } = company();
    expect(effectiveLevel(world, ada, api)).toBe('none');
  });

  it('is admin for the person who owns the repository', () => {
    const { world, ada, grace } = company();
    const own = world.addRepository({ owner: ada, name: 'notes' });
    expect([effectiveLevel(world, ada, own), effectiveLevel(world, grace, own)]).toEqual(['admin', 'none']);
  });

  it('is the highest of direct, team and inherited grants', () => {
    const { world, ada, acme, api } = company();
    world.setBasePermission(acme, 'read');
    world.grant({ to: ada, on: api, level: 'triage' });
    const team = world.addTeam({ organization: acme, slug: 'platform', members: [ada] });
    world.grant({ to: team, on: api, level: 'maintain' });
    const { level, sources } = accessOf(world, ada, api);
    expect(level).toBe('maintain');
    expect(sources.map(({ via }) => via).sort()).toEqual(['direct', 'group', 'inherited']);
  });

  it('gives members of a subteam what the team above has, and not the other way round', () => {
    const { world, ada, grace, acme, api } = company();
    const upper = world.addTeam({ organization: acme, slug: 'upper', members: [grace] });
    const lower = world.addTeam({ organization: acme, slug: 'lower', parent: upper, members: [ada] });
    world.grant({ to: upper, on: api, level: 'write' });
    expect(effectiveLevel(world, ada, api)).toBe('write');
    world.revoke(upper, api);
    world.grant({ to: lower, on: api, level: 'write' });
    expect(effectiveLevel(world, grace, api)).toBe('none');
  });

  it('gives members of an organization their level in every organization below it', () => {
    const { world, grace, acme } = company();
    const platform = world.addOrganization({ slug: 'platform', parent: acme });
    const tool = world.addRepository({ owner: platform, name: 'tool' });
    world.setMember({ organization: acme, person: grace, level: 'write' });
    expect(tool.path).toBe('acme/platform/tool');
    expect(effectiveLevel(world, grace, tool)).toBe('write');
    expect(reachOf(world, grace).has(tool)).toBe(true);
  });

  it('gives members of an organization that a repository is shared with their own level, at most the share', () => {
    const { world, ada, grace, api } = company();
    const guests = world.addOrganization({ slug: 'guests', owners: [grace] });
    world.setMember({ organization: guests, person: ada, level: 'read' });
    world.grant({ to: guests, on: api, level: 'write' });
    expect([effectiveLevel(world, grace, api), effectiveLevel(world, ada, api)]).toEqual(['write', 'read']);
    expect(reachOf(world, grace).get(api)?.sources).toEqual([{ via: 'shared', level: 'write' }]);
  });

  it('gives owners of an organization admin and pending members nothing', () => {
    const { world, ada, grace, acme, api } = company();
    world.setBasePermission(acme, 'read');
    world.setMember({ organization: acme, person: ada, role: 'owner' });
    world.setMember({ organization: acme, person: grace, role: 'owner', state: 'pending' });
    expect([effectiveLevel(world, ada, api), effectiveLevel(world, grace, api)]).toEqual(['admin', 'none']);
  });

  it('lets everybody read what is public and members read what is internal', () => {
    const { world, ada, grace, acme } = company();
    const open = world.addRepository({ owner: acme, name: 'open', visibility: 'public' });
    const inner = world.addRepository({ owner: acme, name: 'inner', visibility: 'internal' });
    expect([effectiveLevel(world, grace, open), effectiveLevel(world, grace, inner)]).toEqual([
      'read',
      'none',
    ]);
    expect(effectiveLevel(world, ada, inner)).toBe('read');
    expect([...reachOf(world, ada).keys()]).toEqual([inner]);
    expect(reachOf(world, grace).size).toBe(0);
  });

  it('names the custom role that gives the level', () => {
    const { world, ada, api } = company();
    world.grant({ to: ada, on: api, level: 'triage', role: 'security-reviewer' });
    expect(accessOf(world, ada, api)).toMatchObject({ level: 'triage', role: 'security-reviewer' });
  });
});

describe('holdersOf', () => {
  it('agrees with what every single person has', () => {
    const { world, ada, grace, acme, api } = company();
    const team = world.addTeam({ organization: acme, slug: 'upper' });
    const lower = world.addTeam({ organization: acme, slug: 'lower', parent: team, members: [grace] });
    world.grant({ to: team, on: api, level: 'write' });
    const eve = world.addPerson({ username: 'eve' });
    world.grant({ to: eve, on: api, level: 'read' });
    expect([...holdersOf(world, api)].map(([person, { level }]) => [person.username, level])).toEqual([
      ['grace', 'write'],
      ['eve', 'read'],
    ]);
    world.leaveTeam(lower, grace);
    world.grant({ to: ada, on: api, level: 'admin' });
    expect([...holdersOf(world, api).keys()]).toEqual([ada, eve]);
  });
});

describe('World', () => {
  it('keeps the id and remembers the old path when a repository is renamed and transferred', () => {
    const { world, ada, api } = company();
    const { id } = api;
    world.renameRepository(api, 'backend');
    world.transferRepository(api, ada);
    expect(world.repository('ADA/Backend')?.id).toBe(id);
    expect(world.movedRepository('acme/api')).toBe(api);
    expect(world.movedRepository('acme/backend')).toBe(api);
    expect(world.repository('acme/api')).toBeUndefined();
  });

  it('forgets the old path once something else takes it', () => {
    const { world, acme, api } = company();
    world.renameRepository(api, 'backend');
    const successor = world.addRepository({ owner: acme, name: 'api' });
    expect(world.movedRepository('acme/api')).toBeUndefined();
    expect(world.repository('acme/api')).toBe(successor);
  });

  it('moves everything below an organization when it is renamed', () => {
    const { world, acme, api } = company();
    const platform = world.addOrganization({ slug: 'platform', parent: acme });
    const tool = world.addRepository({ owner: platform, name: 'tool' });
    world.renameOrganization(acme, 'emca');
    expect(world.repository('emca/api')).toBe(api);
    expect(world.repository('emca/platform/tool')).toBe(tool);
    expect(world.movedRepository('acme/platform/tool')).toBe(tool);
    expect(world.organization('acme')).toBeUndefined();
  });

  it('refuses a path that is taken, whatever its case, and changes nothing', () => {
    const { world, acme, api } = company();
    const other = world.addRepository({ owner: acme, name: 'other' });
    expect(() => {
      world.renameRepository(other, 'API');
    }).toThrow("'acme/API' already exists");
    expect(other.path).toBe('acme/other');
    expect(world.repository('acme/other')).toBe(other);
    expect(world.repository('acme/api')).toBe(api);
  });

  it('forgets a deleted repository and the grants on it', () => {
    const { world, ada, acme, api } = company();
    world.grant({ to: ada, on: api, level: 'write' });
    const fork = world.addRepository({ owner: ada, name: 'api', forkOf: api });
    world.deleteRepository(api);
    expect(world.repository('acme/api')).toBeUndefined();
    expect([...world.grantsTo(ada)]).toEqual([]);
    expect([...world.repositoriesOf(acme)]).toEqual([]);
    expect(fork.forkOf).toBeUndefined();
  });

  it('changes its revision with every change', () => {
    const { world, ada, api } = company();
    const before = world.revision;
    world.grant({ to: ada, on: api, level: 'read' });
    expect(world.revision).toBeGreaterThan(before);
  });
});
