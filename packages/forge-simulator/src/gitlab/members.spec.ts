import { afterEach, describe, expect, it } from '@jest/globals';
import { effectiveLevel, holdersOf } from '../world/access.js';
import { accessLevelOf, gitlabRules } from './access-level.js';
import { fieldOf, pluck } from '../http/asking.fixture.js';
import { get, Simulators } from './acme.fixture.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

async function arrange() {
  const company = await simulators.startAcme();
  const { gitlab, as, grace } = company;
  const token = as(grace);
  const rows = async (path: string): Promise<unknown[]> => {
    const { body } = await get(gitlab, path, token);
    const levels = pluck(body, 'access_level');
    return pluck(body, 'username').map((name, index) => `${String(name)} ${String(levels[index])}`);
  };
  return { ...company, token, rows };
}

describe('/projects/:id/members', () => {
  it('lists those of the project itself, and with all those of groups and invitations, each once', async () => {
    const { world, rows, eve, ada, partners, infra, platform } = await arrange();
    const guests = world.addPerson({ username: 'guests' });
    const pending = world.addPerson({ username: 'pending' });
    world.grant({ to: eve, on: infra, level: 'none', role: 'guest' });
    world.setMember({ organization: partners, person: guests, level: 'admin' });
    world.setMember({ organization: platform, person: pending, level: 'write', state: 'pending' });
    world.grant({ to: partners, on: infra, level: 'read' });
    expect(await rows(`/projects/${infra.id}/members`)).toEqual(['eve 10']);
    expect(await rows(`/projects/${infra.id}/members/all`)).toEqual([
      'ada 40',
      'grace 50',
      'eve 10',
      'guests 20',
    ]);
    expect(effectiveLevel(world, ada, infra, gitlabRules)).toBe('maintain');
  });

  it('leaves out who comes through the invitations of an invited group, though they may do something', async () => {
    const { world, rows, eve, partners, api } = await arrange();
    const friends = world.addOrganization({ slug: 'friends' });
    world.setMember({ organization: friends, person: eve, level: 'write' });
    world.grant({ to: friends, on: partners, level: 'write' });
    world.grant({ to: partners, on: api, level: 'write' });
    expect(effectiveLevel(world, eve, api, gitlabRules)).toBe('write');
    expect(await rows(`/projects/${api.id}/members/all`)).toEqual(['ada 30', 'grace 50']);
  });

  it('has the owner of a personal project, blocked people, and nobody with minimal access', async () => {
    const { world, gitlab, as, ada, notes, acme, api, rows } = await arrange();
    expect(pluck((await get(gitlab, `/projects/${notes.id}/members`, as(ada))).body, 'access_level')).toEqual(
      [50],
    );
    const blocked = world.addPerson({ username: 'blocked', suspended: true });
    world.setMember({ organization: acme, person: blocked, level: 'read' });
    const minimal = world.addPerson({ username: 'minimal' });
    world.setMember({ organization: acme, person: minimal });
    expect(await rows(`/projects/${api.id}/members/all`)).toEqual(['ada 30', 'grace 50', 'blocked 20']);
    expect(await rows(`/groups/${acme.id}/members`)).toEqual([
      'grace 50',
      'ada 30',
      'blocked 20',
      'minimal 5',
    ]);
    const row = (await get(gitlab, `/projects/${api.id}/members/all/${blocked.id}`, as(ada))).body;
    expect(fieldOf(row, 'state')).toBe('blocked');
  });

  it('agrees with what the world gives to everybody in it', async () => {
    const { world, rows, eve, partners, acme, api, ada } = await arrange();
    world.grant({ to: eve, on: api, level: 'admin' });
    world.grant({ to: partners, on: acme, level: 'maintain' });
    const held = [...holdersOf(world, api, gitlabRules)].map(
      ([{ username }, { level, role }]) => `${username} ${accessLevelOf({ level, role })}`,
    );
    expect(await rows(`/projects/${api.id}/members/all`)).toEqual(held);
    expect(held).toContain('ada 40');
    expect(effectiveLevel(world, ada, api, gitlabRules)).toBe('maintain');
  });

  it('gives one row, or says that there is none', async () => {
    const { gitlab, token, ada, eve, api } = await arrange();
    const one = await get(gitlab, `/projects/${api.id}/members/all/${ada.id}`, token);
    expect(one.body).toMatchObject({
      id: ada.id,
      username: 'ada',
      name: 'Ada L.',
      state: 'active',
      access_level: 30,
      expires_at: null,
    });
    for (const path of [`members/all/${eve.id}`, `members/${ada.id}`]) {
      const none = await get(gitlab, `/projects/${api.id}/${path}`, token);
      expect([none.status, none.body]).toEqual([404, { message: '404 Not found' }]);
    }
    expect((await get(gitlab, `/projects/${api.id}/members/all/ada`, token)).status).toBe(400);
  });

  it('names custom roles, and what they are built on', async () => {
    const { world, gitlab, token, eve, api } = await arrange();
    world.grant({ to: eve, on: api, level: 'write', role: 'releaser' });
    const row = (await get(gitlab, `/projects/${api.id}/members/${eve.id}`, token)).body;
    expect(row).toMatchObject({ access_level: 30, member_role: { name: 'releaser', base_access_level: 30 } });
  });

  it('can be searched', async () => {
    const { rows, ada, api } = await arrange();
    expect(await rows(`/projects/${api.id}/members/all?query=GRA`)).toEqual(['grace 50']);
    expect(await rows(`/projects/${api.id}/members/all?user_ids=${ada.id},7`)).toEqual(['ada 30']);
  });

  it('hides from others than members who comes through groups that they may not know of', async () => {
    const { world, gitlab, as, rows, ada, eve, acme, open, partners } = await arrange();
    const friend = world.addPerson({ username: 'friend' });
    world.setMember({ organization: partners, person: friend, level: 'write' });
    for (const on of [open, acme]) world.grant({ to: partners, on, level: 'read' });
    for (const path of [`/projects/${open.id}/members/all`, `/groups/${acme.id}/members/all`]) {
      expect(await rows(path)).toEqual(['ada 30', 'grace 50', 'friend 20']);
      expect(pluck((await get(gitlab, path, as(eve))).body, 'username')).toEqual(['ada', 'grace']);
      expect(pluck((await get(gitlab, path, as(ada))).body, 'username')).toHaveLength(3);
    }
  });

  it('is for those who are signed in and see the project', async () => {
    const { gitlab, as, eve, api, open } = await arrange();
    expect((await get(gitlab, `/projects/${open.id}/members/all`)).status).toBe(401);
    expect((await get(gitlab, `/projects/${api.id}/members/all`, as(eve))).status).toBe(404);
  });
});

describe('/groups/:id/members/all', () => {
  it('has those above and those invited to the group or above it, with the highest level of each', async () => {
    const { world, rows, eve, partners, acme, platform } = await arrange();
    world.setMember({ organization: partners, person: eve, level: 'admin' });
    world.grant({ to: partners, on: acme, level: 'read' });
    expect(await rows(`/groups/${platform.id}/members`)).toEqual(['ada 40']);
    expect(await rows(`/groups/${platform.id}/members/all`)).toEqual(['ada 40', 'grace 50', 'eve 20']);
  });

  it('counts what a group gives to every member', async () => {
    const { world, rows, eve, acme } = await arrange();
    world.setBasePermission(acme, 'read');
    world.setMember({ organization: acme, person: eve, roleName: 'guest' });
    expect(await rows(`/groups/${acme.id}/members`)).toEqual(['grace 50', 'ada 30', 'eve 20']);
  });
});
