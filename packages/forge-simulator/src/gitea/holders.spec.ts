import { afterEach, describe, expect, it } from '@jest/globals';
import { fieldOf } from '../http/asking.fixture.js';
import type { Person } from '../world/model.js';
import { get, Giteas, listed, message } from './acme.fixture.js';
import type { GiteaSimulatorOptions } from './simulator.js';

const giteas = new Giteas();
afterEach(() => giteas.closeAll());

async function start(options: Partial<GiteaSimulatorOptions> = {}) {
  const company = await giteas.startAcme(options);
  const { gitea, as, grace } = company;
  return {
    ...company,
    permissionsOf: async (person: Person, path = 'acme/api') =>
      fieldOf((await get(gitea, `/repos/${path}`, as(person))).body, 'permissions'),
    permissionOf: async (username: string, asker = grace, path = 'acme/api') =>
      get(gitea, `/repos/${path}/collaborators/${username}/permission`, as(asker)),
  };
}

describe('what somebody may do, as a row tells it', () => {
  it.each([
    ['read', { admin: false, push: false, pull: true }],
    ['write', { admin: false, push: true, pull: true }],
    ['admin', { admin: true, push: true, pull: true }],
  ] as const)('is %s through a team or by a grant of their own', async (level, expected) => {
    const { world, stranger, acme, vault, permissionsOf } = await start();
    world.grant({ to: stranger, on: vault, level });
    expect(await permissionsOf(stranger, 'acme/vault')).toEqual(expected);
    world.revoke(stranger, vault);
    const team = world.addTeam({ organization: acme, slug: 'guards', members: [stranger] });
    world.grant({ to: team, on: vault, level });
    expect(await permissionsOf(stranger, 'acme/vault')).toEqual(expected);
  });

  it('is everything for owners, of an organization too, and for administrators', async () => {
    const { world, ada, grace, permissionsOf } = await start();
    const root = world.addPerson({ username: 'root', administrator: true });
    const everything = { admin: true, push: true, pull: true };
    expect(await permissionsOf(ada, 'ada/notes')).toEqual(everything);
    expect(await permissionsOf(grace)).toEqual(everything);
    expect(await permissionsOf(root, 'ada/notes')).toEqual(everything);
  });

  it('is nothing of the code in a team that has to do with the issues alone', async () => {
    const { eve, permissionsOf } = await start();
    const nothing = { admin: false, push: false, pull: false };
    expect(await permissionsOf(eve)).toEqual(nothing);
    expect(await permissionsOf(eve, 'acme/open')).toEqual({ ...nothing, pull: true });
  });

  it('is the most of several ways', async () => {
    const { world, eve, api, permissionsOf } = await start();
    world.grant({ to: eve, on: api, level: 'write' });
    expect(await permissionsOf(eve)).toEqual({ admin: false, push: true, pull: true });
  });

  it('is what every member has, and what a member has besides', async () => {
    const { world, ada, stranger, acme, permissionsOf } = await start();
    world.setMember({ organization: acme, person: stranger });
    world.setBasePermission(acme, 'read');
    expect(await permissionsOf(stranger, 'acme/vault')).toMatchObject({ push: false, pull: true });
    world.setMember({ organization: acme, person: ada, level: 'admin' });
    expect(await permissionsOf(ada, 'acme/vault')).toMatchObject({ admin: true });
  });
});

describe('what somebody may do, asked for by name', () => {
  it('is right for owners, collaborators and those who administer it, and leaves out other teams', async () => {
    const { world, acme, api, stranger, eve, permissionOf } = await start();
    const told = async (username: string): Promise<unknown> =>
      fieldOf((await permissionOf(username)).body, 'permission');
    expect(await told('grace')).toBe('owner');
    // Both may push and see issues, by their teams.
    expect([await told('ada'), await told('eve')]).toEqual(['none', 'none']);
    world.grant({ to: eve, on: api, level: 'write' });
    expect(await told('eve')).toBe('write');
    const admins = world.addTeam({ organization: acme, slug: 'admins', members: [stranger] });
    world.grant({ to: admins, on: api, level: 'admin' });
    expect(await told('stranger')).toBe('owner');
  });

  it('is read for everybody where it is public', async () => {
    const { permissionOf, grace } = await start();
    const { body } = await permissionOf('stranger', grace, 'acme/open');
    expect(body).toMatchObject({ permission: 'read', role_name: 'read', user: { login: 'stranger' } });
  });

  it('is told to those who administer it, and to everybody of themselves', async () => {
    const { permissionOf, ada, eve } = await start();
    expect((await permissionOf('ADA', ada)).status).toBe(200);
    const refused = await permissionOf('ada', eve);
    expect([refused.status, message(refused)]).toEqual([
      403,
      expect.stringContaining('repo admins can query all repo permissions'),
    ]);
    const nobody = await permissionOf('nobody');
    expect([nobody.status, message(nobody)]).toEqual([404, 'user does not exist [uid: 0, name: nobody]']);
  });
});

describe('the collaborators', () => {
  it('are those who were given something by name, with no word of what', async () => {
    const { gitea, as, world, ada, stranger, api } = await start();
    world.grant({ to: stranger, on: api, level: 'admin' });
    const reply = await get(gitea, '/repos/acme/api/collaborators', as(ada));
    expect(listed(reply, 'login')).toEqual(['stranger']);
    expect(reply.text).not.toContain('permission');
  });

  it('are asked for one by one', async () => {
    const { gitea, as, world, ada, stranger, api } = await start();
    world.grant({ to: stranger, on: api, level: 'read' });
    const statuses = ['stranger', 'eve', 'nobody'].map(
      async (name) => (await get(gitea, `/repos/acme/api/collaborators/${name}`, as(ada))).status,
    );
    expect(await Promise.all(statuses)).toEqual([204, 404, 422]);
  });

  it('are told to nobody who is not signed in, who does not learn either what there is', async () => {
    const { gitea } = await start();
    for (const below of ['/collaborators', '/collaborators/ada/permission', '/teams']) {
      expect((await get(gitea, `/repos/acme/open${below}`)).status).toBe(401);
      expect((await get(gitea, `/repos/acme/api${below}`)).status).toBe(404);
    }
    expect((await get(gitea, '/teams/1')).status).toBe(404);
    expect((await get(gitea, '/orgs/acme/members')).status).toBe(401);
    expect((await get(gitea, '/orgs/nobody/members')).status).toBe(404);
  });

  it('are no longer those who own it by now', async () => {
    const { gitea, as, world, grace, ada, notes } = await start();
    world.grant({ to: grace, on: notes, level: 'write' });
    world.transferRepository(notes, grace);
    const reply = await get(gitea, '/repos/grace/notes/collaborators', as(grace));
    expect(listed(reply, 'login')).toEqual([ada.username]);
  });
});

describe('a team of Forgejo’s', () => {
  it('has the least of what it permits as a whole, which its members are told to have by name', async () => {
    const { gitea, as, ada, eve, permissionOf, permissionsOf } = await start({ profile: 'forgejo' });
    expect((await get(gitea, '/repos/acme/api/teams', as(ada))).body).toMatchObject([
      { name: 'Owners', permission: 'owner' },
      { name: 'helpers', permission: 'write', units_map: { 'repo.code': 'none', 'repo.issues': 'write' } },
      { name: 'platform', permission: 'write', units_map: { 'repo.code': 'write' } },
    ]);
    for (const username of ['ada', 'eve'])
      expect((await permissionOf(username)).body).toMatchObject({ permission: 'write' });
    // Of the code, one of them sees nothing.
    expect(await permissionsOf(ada)).toMatchObject({ push: true });
    expect(await permissionsOf(eve)).toEqual({ admin: false, push: false, pull: false });
  });
});

describe('the teams of a repository', () => {
  it('are all that hold it, the owners first, with what they permit of each part', async () => {
    const { gitea, as, ada } = await start();
    const { body } = await get(gitea, '/repos/acme/api/teams', as(ada));
    expect(body).toMatchObject([
      { name: 'Owners', permission: 'owner', includes_all_repositories: true, organization: null },
      { name: 'helpers', permission: 'none', units_map: { 'repo.code': 'none', 'repo.issues': 'write' } },
      { name: 'platform', permission: 'none', units_map: { 'repo.code': 'write' } },
    ]);
  });

  it('are none where no organization owns it', async () => {
    const { gitea, as, ada } = await start();
    const reply = await get(gitea, '/repos/ada/notes/teams', as(ada));
    expect([reply.status, message(reply)]).toEqual([405, 'repo is not owned by an organization']);
  });
});
