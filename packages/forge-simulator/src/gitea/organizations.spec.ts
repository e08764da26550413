import { afterEach, describe, expect, it } from '@jest/globals';
import type { Person } from '../world/model.js';
import { get, Giteas, listed, message } from './acme.fixture.js';

const giteas = new Giteas();
afterEach(() => giteas.closeAll());

async function start(options: Parameters<typeof giteas.startAcme>[0] = {}) {
  const company = await giteas.startAcme(options);
  const { gitea, as, grace } = company;
  const teams = await get(gitea, '/orgs/acme/teams', as(grace));
  const ids = new Map(listed(teams, 'name').map((name, index) => [name, listed(teams, 'id')[index]]));
  return {
    ...company,
    team: (name: string, below: string, asker: Person) =>
      get(gitea, `/teams/${String(ids.get(name))}${below}`, as(asker)),
  };
}

describe('organizations', () => {
  it('are those that somebody is a member of, by name', async () => {
    const { gitea, as, world, ada, grace, stranger } = await start();
    world.addOrganization({ slug: 'Aardvarks', members: [ada] });
    const invited = world.addOrganization({ slug: 'invited' });
    world.setMember({ organization: invited, person: ada, state: 'pending' });
    const own = await get(gitea, '/user/orgs', as(ada));
    expect(listed(own, 'name')).toEqual(['Aardvarks', 'acme']);
    expect(own.headers.get('x-total-count')).toBe('2');
    expect(listed(await get(gitea, '/users/ada/orgs', as(grace)), 'name')).toEqual([]);
    expect(listed(await get(gitea, '/users/ada/orgs', as(ada)), 'name')).toHaveLength(2);
    expect(listed(await get(gitea, '/user/orgs', as(stranger)), 'name')).toEqual([]);
  });

  it('are told of by name', async () => {
    const { gitea, as, ada, acme } = await start();
    expect((await get(gitea, '/orgs/acme', as(ada))).body).toMatchObject({
      id: acme.id,
      name: 'acme',
      full_name: 'Acme',
      visibility: 'public',
    });
    expect((await get(gitea, '/orgs/nobody', as(ada))).body).toMatchObject({
      message: 'GetOrgByName',
      errors: ['user redirect does not exist [name: nobody]'],
    });
  });

  it('show their members and teams to their members', async () => {
    const { gitea, as, ada, stranger } = await start();
    expect(listed(await get(gitea, '/orgs/acme/members', as(ada)), 'login')).toEqual(['ada', 'eve', 'grace']);
    expect(listed(await get(gitea, '/orgs/acme/members', as(stranger)), 'login')).toEqual([]);
    expect(listed(await get(gitea, '/orgs/acme/teams', as(ada)), 'name')).toEqual([
      'helpers',
      'members',
      'Owners',
      'platform',
    ]);
    const refused = await get(gitea, '/orgs/acme/teams', as(stranger));
    expect([refused.status, message(refused)]).toEqual([403, 'Must be an organization member']);
  });

  it('show external members those alone who are in a team with them', async () => {
    const { gitea, as, world, acme } = await start();
    const visitor = world.addPerson({ username: 'visitor', external: true });
    world.setMember({ organization: acme, person: visitor });
    const reply = await get(gitea, '/orgs/acme/members', as(visitor));
    expect(listed(reply, 'login')).toEqual(['ada', 'eve', 'visitor']);
  });

  it('tell what somebody is there', async () => {
    const { gitea, as, stranger } = await start();
    const path = (name: string): string => `/users/${name}/orgs/acme/permissions`;
    expect((await get(gitea, path('grace'), as(stranger))).body).toMatchObject({ is_owner: true });
    expect((await get(gitea, path('ada'), as(stranger))).body).toMatchObject({
      is_owner: false,
      can_read: false,
    });
  });
});

describe('teams', () => {
  it('are listed for who is in them, with their organizations', async () => {
    const { gitea, as, ada } = await start();
    const { body } = await get(gitea, '/user/teams', as(ada));
    expect(body).toMatchObject([
      { name: 'members', organization: { name: 'acme' } },
      { name: 'platform', organization: { name: 'acme' } },
    ]);
  });

  it('show themselves to owners and to their members alone', async () => {
    const { team, ada, grace, stranger } = await start();
    const members = await Promise.all(
      [grace, ada].map(async (asker) => listed(await team('platform', '/members', asker), 'login')),
    );
    expect(members).toEqual([['ada'], ['ada']]);
    const others = await team('helpers', '/members', ada);
    expect([others.status, message(others)]).toEqual([403, 'Must be a team member']);
    expect((await team('platform', '/members', stranger)).status).toBe(404);
    expect((await team('platform', '', ada)).body).toMatchObject({ name: 'platform' });
    expect((await team('nothing', '', grace)).status).toBe(404);
    expect(listed(await team('platform', '/repos', ada))).toEqual(['acme/api']);
    expect(listed(await team('Owners', '/repos', grace))).toEqual(['acme/api', 'acme/open', 'acme/vault']);
  });

  it('list their members by name', async () => {
    const { world, team, acme, grace, platform } = await start();
    for (const [username, name] of [
      ['zoe', 'Anna'],
      ['adam', 'Zed'],
    ] as const)
      world.joinTeam(platform, world.addPerson({ username, name }));
    expect(acme.slug).toBe('acme');
    expect(listed(await team('platform', '/members', grace), 'login')).toEqual(['ada', 'zoe', 'adam']);
  });

  it('have who is in a team within them', async () => {
    const { world, team, acme, grace, platform, stranger } = await start();
    world.addTeam({ organization: acme, slug: 'inner', parent: platform, members: [stranger] });
    expect(listed(await team('platform', '/members', grace), 'login')).toEqual(['ada', 'stranger']);
  });

  it('become one for each level that they have', async () => {
    const { gitea, as, world, ada, grace, platform, vault } = await start();
    world.grant({ to: platform, on: vault, level: 'read' });
    const reply = await get(gitea, '/orgs/acme/teams', as(grace));
    expect(listed(reply, 'name')).toEqual([
      'helpers',
      'members',
      'Owners',
      'platform-read',
      'platform-write',
    ]);
    expect(new Set(listed(reply, 'id')).size).toBe(5);
    expect((await get(gitea, '/repos/acme/vault', as(ada))).body).toMatchObject({
      permissions: { push: false, pull: true },
    });
  });

  it('may hold all that the organization has', async () => {
    const { gitea, as, world, ada, platform, acme, api } = await start();
    world.revoke(platform, api);
    world.grant({ to: platform, on: acme, level: 'read' });
    world.addRepository({ owner: acme, name: 'later' });
    expect((await get(gitea, '/repos/acme/later', as(ada))).status).toBe(200);
    expect((await get(gitea, '/repos/acme/later/teams', as(ada))).body).toMatchObject([
      { name: 'Owners' },
      { name: 'platform', includes_all_repositories: true },
    ]);
  });
});
