import { describe, expect, it } from '@jest/globals';
import { accessOf, effectiveLevel, holdersOf, reachOf } from './access.js';
import { company } from './company.fixture.js';
import { everybody } from './model.js';

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
    expect(reachOf(world, grace).get(api)?.sources).toMatchObject([{ via: 'shared', level: 'write' }]);
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

  it('gives members of an invited organization what they have there, through its ancestors and its own shares', () => {
    const { world, ada, grace, api } = company();
    const guests = world.addOrganization({ slug: 'guests' });
    const inner = world.addOrganization({ slug: 'inner', parent: guests });
    const friends = world.addOrganization({ slug: 'friends' });
    world.setMember({ organization: guests, person: grace, level: 'maintain' });
    world.setMember({ organization: friends, person: ada, level: 'admin' });
    world.grant({ to: inner, on: api, level: 'write' });
    world.grant({ to: friends, on: inner, level: 'triage' });
    expect([effectiveLevel(world, grace, api), effectiveLevel(world, ada, api)]).toEqual(['write', 'triage']);
    expect([...holdersOf(world, api).keys()]).toEqual([ada, grace]);
    expect(reachOf(world, grace).has(api)).toBe(true);
    expect(reachOf(world, ada).has(api)).toBe(true);
  });

  it('passes a share of a whole organization on to the own members of the other alone', () => {
    const { world, ada, grace, acme, api } = company();
    const guests = world.addOrganization({ slug: 'guests' });
    const inner = world.addOrganization({ slug: 'inner', parent: guests });
    world.setMember({ organization: guests, person: grace, level: 'write' });
    world.setMember({ organization: inner, person: ada, level: 'write' });
    world.grant({ to: inner, on: acme, level: 'admin' });
    expect([effectiveLevel(world, grace, api), effectiveLevel(world, ada, api)]).toEqual(['none', 'write']);
    expect([...holdersOf(world, api).keys()]).toEqual([ada]);
  });

  it('gives a team with a grant on an organization that level on everything below it', () => {
    const { world, grace, acme } = company();
    const inner = world.addOrganization({ slug: 'inner', parent: acme });
    const tool = world.addRepository({ owner: inner, name: 'tool' });
    const team = world.addTeam({ slug: 'auditors', members: [grace] });
    world.grant({ to: team, on: acme, level: 'triage' });
    expect(accessOf(world, grace, tool).sources).toMatchObject([{ via: 'group', level: 'triage' }]);
    expect([...reachOf(world, grace).keys()]).toContain(tool);
    expect([...holdersOf(world, tool).keys()]).toEqual([grace]);
  });

  it('gives an invited person nothing of a team either', () => {
    const { world, grace, acme, api } = company();
    world.setMember({ organization: acme, person: grace, state: 'pending' });
    const team = world.addTeam({ organization: acme, slug: 'platform', members: [grace] });
    world.grant({ to: team, on: api, level: 'write' });
    expect(effectiveLevel(world, grace, api)).toBe('none');
    expect(holdersOf(world, api).size).toBe(0);
  });

  it('gives everybody what is granted to everybody', () => {
    const { world, ada, grace, acme, api } = company();
    world.grant({ to: everybody, on: acme, level: 'read' });
    world.grant({ to: everybody, on: api, level: 'write' });
    expect(accessOf(world, grace, api).sources).toMatchObject([
      { via: 'group', level: 'write' },
      { via: 'group', level: 'read' },
    ]);
    expect([...reachOf(world, grace).keys()]).toEqual([api]);
    expect([...holdersOf(world, api).keys()]).toEqual([ada, grace]);
  });

  it('gives what is granted on a project on its repositories alone', () => {
    const { world, ada, grace, acme, api } = company();
    const mobile = world.addProject({ organization: acme, key: 'MOB' });
    const app = world.addRepository({ owner: acme, project: mobile, name: 'app' });
    const team = world.addTeam({ organization: acme, slug: 'mobile', members: [ada] });
    world.grant({ to: grace, on: mobile, level: 'write' });
    world.grant({ to: team, on: mobile, level: 'read' });
    expect(app.path).toBe('acme/app');
    expect(accessOf(world, grace, app).sources).toMatchObject([{ via: 'inherited', level: 'write' }]);
    expect(accessOf(world, ada, app).sources[0]).toMatchObject({ via: 'group', level: 'read' });
    expect([...reachOf(world, grace).keys()]).toEqual([app]);
    expect([...holdersOf(world, app).keys()]).toEqual([ada, grace]);
    expect(effectiveLevel(world, grace, api)).toBe('none');
    world.setProject(app, undefined);
    expect(reachOf(world, grace).size).toBe(0);
  });

  it('gives a suspended person nothing, not even what is public', () => {
    const { world, ada, acme, api } = company();
    const open = world.addRepository({ owner: acme, name: 'open', visibility: 'public' });
    world.grant({ to: ada, on: api, level: 'write' });
    world.setSuspended(ada, true);
    expect([effectiveLevel(world, ada, api), effectiveLevel(world, ada, open)]).toEqual(['none', 'none']);
    expect(reachOf(world, ada).size).toBe(0);
    expect(holdersOf(world, api).size).toBe(0);
    world.setSuspended(ada, false);
    expect(effectiveLevel(world, ada, api)).toBe('write');
  });

  it('lists who has a role with a name, even where it gives no level', () => {
    const { world, grace, acme, api } = company();
    world.setMember({ organization: acme, person: grace, roleName: 'guest' });
    expect(accessOf(world, grace, api)).toMatchObject({ level: 'none', role: 'guest' });
    expect([...reachOf(world, grace).keys()]).toEqual([api]);
    expect([...holdersOf(world, api).keys()]).toEqual([grace]);
  });

  it('prefers a role with a name to the same level without one, whichever comes first', () => {
    const { world, ada, acme, api } = company();
    const team = world.addTeam({ organization: acme, slug: 'platform', members: [ada] });
    world.grant({ to: ada, on: api, level: 'write' });
    world.grant({ to: team, on: api, level: 'write', role: 'releaser' });
    expect(accessOf(world, ada, api)).toMatchObject({ level: 'write', role: 'releaser' });
    world.grant({ to: ada, on: api, level: 'write' });
    expect(accessOf(world, ada, api)).toMatchObject({ level: 'write', role: 'releaser' });
    world.grant({ to: ada, on: api, level: 'admin' });
    expect(accessOf(world, ada, api)).toMatchObject({ level: 'admin', role: undefined });
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
