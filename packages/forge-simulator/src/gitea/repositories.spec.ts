import { afterEach, describe, expect, it } from '@jest/globals';
import { get, Giteas, listed, message } from './acme.fixture.js';

const giteas = new Giteas();
afterEach(() => giteas.closeAll());

describe('a search for somebody', () => {
  it('finds what is theirs, and what they collaborate on or a team of theirs holds', async () => {
    const { gitea, as, world, ada, eve, grace, stranger, vault } = await giteas.startAcme();
    world.grant({ to: stranger, on: vault, level: 'read' });
    const found = async (person: typeof ada): Promise<unknown[]> =>
      listed(await get(gitea, `/repos/search?uid=${person.id}&sort=id`, as(person)));
    expect(await found(ada)).toEqual(['acme/api', 'ada/notes']);
    expect(await found(grace)).toEqual(['acme/api', 'acme/vault', 'acme/open']);
    // A team may hold a repository without its code.
    expect(await found(eve)).toEqual(['acme/api']);
    expect(await found(stranger)).toEqual(['acme/vault']);
    expect(listed(await get(gitea, '/user/repos', as(ada)))).toEqual(['acme/api', 'ada/notes']);
  });

  it('does not find what is public and they may read as collaborators, until they may write', async () => {
    const { gitea, as, world, stranger, open } = await giteas.startAcme();
    const path = `/repos/search?uid=${stranger.id}`;
    world.grant({ to: stranger, on: open, level: 'read' });
    expect(listed(await get(gitea, path, as(stranger)))).toEqual([]);
    expect(listed(await get(gitea, '/repos/acme/open/collaborators', as(stranger)), 'login')).toEqual([
      'stranger',
    ]);
    world.grant({ to: stranger, on: open, level: 'write' });
    expect(listed(await get(gitea, path, as(stranger)))).toEqual(['acme/open']);
  });

  it('finds what is open in private organizations of theirs, and in others not', async () => {
    const { gitea, as, ada } = await giteas.startAcme({ ownerVisibility: { acme: 'private' } });
    const path = `/repos/search?uid=${ada.id}&sort=id`;
    expect(listed(await get(gitea, path, as(ada)))).toEqual(['acme/api', 'acme/open', 'ada/notes']);
    const { gitea: other, as: asOther, ada: otherAda } = await giteas.startAcme();
    const found = await get(other, `/repos/search?uid=${otherAda.id}&sort=id`, asOther(otherAda));
    expect(listed(found)).toEqual(['acme/api', 'ada/notes']);
  });

  it.each([
    ['14.0.5', ['acme/api', 'acme/open', 'ada/notes']],
    ['15.0.3', ['acme/api', 'ada/notes']],
  ])('finds of these in Forgejo %s', async (version, expected) => {
    const ownerVisibility = { acme: 'private' } as const;
    const options = { profile: 'forgejo', version, ownerVisibility } as const;
    const { gitea, as, ada, acme } = await giteas.startAcme(options);
    const found = await get(gitea, `/repos/search?uid=${ada.id}&sort=id`, as(ada));
    expect(listed(found)).toEqual(expected);
    const path = `/repos/search?uid=${acme.id}&exclusive=true&is_private=false`;
    expect(listed(await get(gitea, path, as(ada)))).toEqual(['acme/open']);
  });

  it('finds in Forgejo what is public and they may read as collaborators', async () => {
    const { gitea, as, world, stranger, open } = await giteas.startAcme({ profile: 'forgejo' });
    world.grant({ to: stranger, on: open, level: 'read' });
    expect(listed(await get(gitea, `/repos/search?uid=${stranger.id}`, as(stranger)))).toEqual(['acme/open']);
  });

  it.each([
    ['exclusive=true', ['ada/notes']],
    ['mode=collaborative', ['acme/api']],
    ['private=false', []],
    ['is_private=false', []],
    ['archived=true', ['acme/api']],
    ['mode=fork', []],
    ['mode=source', ['acme/api', 'ada/notes']],
    ['mode=mirror', []],
    ['q=NOT', ['ada/notes']],
  ])('may be for less: %s', async (query, expected) => {
    const { gitea, as, world, ada, api } = await giteas.startAcme();
    world.updateRepository(api, { archived: true });
    const reply = await get(gitea, `/repos/search?uid=${ada.id}&sort=id&${query}`, as(ada));
    expect(listed(reply)).toEqual(expected);
  });
});

describe('a search', () => {
  it('for an organization finds what whoever asks may see of it, and counts that alone', async () => {
    const { gitea, as, ada, eve, stranger, acme } = await giteas.startAcme();
    for (const [person, expected] of [
      [ada, ['acme/api', 'acme/open']],
      [eve, ['acme/api', 'acme/open']],
      [stranger, ['acme/open']],
    ] as const) {
      const reply = await get(gitea, `/repos/search?uid=${acme.id}&exclusive=true&sort=id`, as(person));
      expect(listed(reply)).toEqual(expected);
      expect(reply.headers.get('x-total-count')).toBe(String(expected.length));
    }
    expect(listed(await get(gitea, `/repos/search?uid=${acme.id}`))).toEqual(['acme/open']);
  });

  it('for nobody in particular finds everything that may be seen', async () => {
    const { gitea, as, ada, world } = await giteas.startAcme();
    const root = world.addPerson({ username: 'root', administrator: true });
    expect(listed(await get(gitea, '/repos/search'))).toEqual(['acme/open']);
    expect(listed(await get(gitea, '/repos/search?sort=id', as(ada)))).toEqual([
      'acme/api',
      'acme/open',
      'ada/notes',
    ]);
    expect(listed(await get(gitea, '/repos/search', as(root)))).toHaveLength(4);
  });

  it('for an administrator, or somebody who is not there, finds nothing of others', async () => {
    const { gitea, as, ada, world } = await giteas.startAcme();
    const root = world.addPerson({ username: 'root', administrator: true });
    expect(listed(await get(gitea, `/repos/search?uid=${root.id}`, as(root)))).toEqual([]);
    expect(listed(await get(gitea, '/repos/search?uid=1', as(ada)))).toEqual([]);
  });

  it('for a team finds what it holds', async () => {
    const { gitea, as, grace, ada, platform } = await giteas.startAcme();
    const teams = await get(gitea, '/orgs/acme/teams', as(grace));
    const id = listed(teams, 'id')[listed(teams, 'name').indexOf(platform.slug)];
    expect(listed(await get(gitea, `/repos/search?team_id=${String(id)}`, as(ada)))).toEqual(['acme/api']);
  });

  it('finds what is internal for those who are signed in, and not for external people', async () => {
    const { gitea, as, world, ada } = await giteas.startAcme();
    const guild = world.addOrganization({ slug: 'guild' });
    world.addRepository({ owner: guild, name: 'inner', visibility: 'internal' });
    const visitor = world.addPerson({ username: 'visitor', external: true });
    const found = await Promise.all(
      [as(ada), as(visitor), undefined].map(async (token) =>
        listed(await get(gitea, `/repos/search?uid=${guild.id}`, token)),
      ),
    );
    expect(found).toEqual([['guild/inner'], [], []]);
    expect(listed(await get(gitea, '/repos/search', as(visitor)))).toEqual(['acme/open']);
    expect((await get(gitea, '/repos/guild/inner', as(visitor))).status).toBe(404);
    expect((await get(gitea, '/repos/guild/inner', as(ada))).body).toMatchObject({
      private: false,
      internal: false,
      owner: { visibility: 'limited' },
    });
  });
});

describe('one repository', () => {
  it('is found by its id, and by its path in whatever case', async () => {
    const { gitea, as, ada, api } = await giteas.startAcme();
    const byId = await get(gitea, `/repositories/${api.id}`, as(ada));
    const byPath = await get(gitea, '/repos/ACME/Api', as(ada));
    expect(byId.body).toMatchObject({
      id: api.id,
      full_name: 'acme/api',
      private: true,
      internal: false,
      owner: { login: 'acme', visibility: 'public' },
      ssh_url: 'git@127.0.0.1:acme/api.git',
      permissions: { admin: false, push: true, pull: true },
    });
    expect(byPath.body).toEqual(byId.body);
  });

  it.each(['/repos/acme/vault', '/repos/acme/nothing', '/repositories/1', '/repositories/abc'])(
    'that is not there, or not to be seen, is not found: %s',
    async (path) => {
      const { gitea, as, ada } = await giteas.startAcme();
      const reply = await get(gitea, path, as(ada));
      expect([reply.status, reply.body]).toEqual([
        404,
        { errors: null, message: 'not found', url: `${gitea.webUrl}/api/swagger` },
      ]);
    },
  );

  it('of nobody is not found either', async () => {
    const { gitea, as, ada } = await giteas.startAcme();
    expect((await get(gitea, '/repos/nobody/x', as(ada))).body).toMatchObject({
      message: 'GetUserByName',
      errors: ['user redirect does not exist [name: nobody]'],
    });
  });

  it('that was renamed or given away is told where, to whoever asks, with whatever is below it', async () => {
    const { gitea, as, world, stranger, api, notes, grace } = await giteas.startAcme({ pathPrefix: '/git' });
    world.renameRepository(api, 'backend');
    world.transferRepository(notes, grace);
    const moved = await get(gitea, '/repos/acme/api/collaborators?limit=1', as(stranger));
    expect([moved.status, moved.headers.get('location')]).toEqual([
      301,
      '/git/api/v1/repos/acme/backend/collaborators?limit=1',
    ]);
    const given = await get(gitea, '/repos/ada/notes', as(stranger));
    expect(given.headers.get('location')).toBe('/git/api/v1/repos/grace/notes');
  });

  it('of an account that was renamed is told where', async () => {
    const { gitea, as, world, ada, acme } = await giteas.startAcme();
    world.renameOrganization(acme, 'emca');
    const moved = await get(gitea, '/repos/acme/api', as(ada));
    expect([moved.status, moved.headers.get('location')]).toEqual([307, '/api/v1/repos/emca/api']);
    expect((await get(gitea, '/orgs/acme', as(ada))).status).toBe(307);
  });

  it('tells what it was made of, with the permissions on itself', async () => {
    const { gitea, as, world, ada, open } = await giteas.startAcme();
    world.addRepository({ owner: ada, name: 'open', forkOf: open, visibility: 'public', archived: true });
    expect((await get(gitea, '/repos/ada/open', as(ada))).body).toMatchObject({
      fork: true,
      archived: true,
      permissions: { admin: true },
      parent: { full_name: 'acme/open', permissions: { admin: true } },
    });
    expect((await get(gitea, '/repos/acme/open', as(ada))).body).not.toHaveProperty('parent');
  });

  it('that is open and of a private organization is its members’ alone', async () => {
    const { gitea, as, world, ada, stranger, open } = await giteas.startAcme({
      ownerVisibility: { acme: 'private' },
    });
    expect((await get(gitea, '/repos/acme/open', as(ada))).body).toMatchObject({
      private: false,
      internal: true,
      permissions: { pull: true },
    });
    expect((await get(gitea, '/repos/acme/open', as(stranger))).status).toBe(404);
    world.grant({ to: stranger, on: open, level: 'read' });
    expect((await get(gitea, '/repos/acme/open', as(stranger))).status).toBe(200);
    expect(message(await get(gitea, '/orgs/acme', as(stranger)))).toBe('HasOrgOrUserVisible');
  });
});

describe('what somebody owns', () => {
  it('is listed in the order of its making, as far as whoever asks may see it', async () => {
    const { gitea, as, world, ada, stranger } = await giteas.startAcme();
    world.addRepository({ owner: ada, name: 'blog', visibility: 'public' });
    const own = await get(gitea, '/users/ada/repos', as(ada));
    expect(listed(own)).toEqual(['ada/notes', 'ada/blog']);
    expect(listed(await get(gitea, '/users/ada/repos', as(stranger)))).toEqual(['ada/blog']);
    expect(listed(await get(gitea, '/users/ada/repos'))).toEqual(['ada/blog']);
  });
});
