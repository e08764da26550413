import { afterEach, describe, expect, it } from '@jest/globals';
import { relations } from '../http/asking.fixture.js';
import { everybody } from '../world/model.js';
import type { Acme } from './acme.fixture.js';
import { acmeWorld, get, Giteas, listed, message } from './acme.fixture.js';
import { mustBeShowable } from './showable.js';
import { startGiteaSimulator } from './simulator.js';

const giteas = new Giteas();
afterEach(() => giteas.closeAll());

describe('an instance', () => {
  it('may live below a path, with pages, API, links and addresses of git', async () => {
    const { gitea, as, grace } = await giteas.startAcme({ pathPrefix: '/git', maxResponseItems: 1 });
    const [origin = ''] = gitea.origins;
    expect([gitea.webUrl, gitea.apiUrl]).toEqual([`${origin}/git`, `${origin}/git/api/v1`]);
    const reply = await get(gitea, `/repos/search?uid=${grace.id}`, as(grace));
    expect(relations(reply)['next']?.startsWith(`${origin}/git/api/v1/repos/search?`)).toBe(true);
    expect(listed(reply, 'clone_url')).toEqual([`${origin}/git/acme/api.git`]);
    expect((await get(gitea, `${origin}/api/v1/version`)).status).toBe(404);
  });

  it('links to other pages where it is by its own account, wherever it was asked', async () => {
    const rootUrl = 'https://git.example/code';
    const { gitea, as, grace } = await giteas.startAcme({ rootUrl, maxResponseItems: 1 });
    const reply = await get(gitea, '/orgs/acme/repos', as(grace));
    expect(relations(reply)['next']).toBe(`${rootUrl}/api/v1/orgs/acme/repos?page=2`);
    expect((await get(gitea, '/user')).body).toEqual({
      message: 'token is required',
      url: `${rootUrl}/api/swagger`,
    });
    expect((await get(gitea, `${gitea.webUrl}/.well-known/openid-configuration`)).body).toMatchObject({
      issuer: rootUrl,
    });
  });

  it('may answer nobody who is not signed in, but for what signing in takes', async () => {
    const { gitea, as, ada } = await giteas.startAcme({ signInRequired: true });
    const refused = await get(gitea, '/version');
    expect([refused.status, refused.body]).toEqual([
      403,
      { message: 'Only signed in user is allowed to call APIs.' },
    ]);
    expect((await get(gitea, `${gitea.webUrl}/.well-known/openid-configuration`)).status).toBe(200);
    expect((await get(gitea, '/version', as(ada))).status).toBe(200);
    expect(listed(await get(gitea, '/repos/search', as(ada)))).toContain('acme/open');
  });

  it('tells how many items a page may have', async () => {
    const { gitea } = await giteas.startAcme({ maxResponseItems: 20 });
    expect((await get(gitea, '/settings/api')).body).toMatchObject({
      max_response_items: 20,
      default_paging_num: 20,
    });
  });

  it('has a page to begin with, pictures, and plain words for what it does not know', async () => {
    const { gitea, as, ada } = await giteas.startAcme();
    expect((await get(gitea, `${gitea.webUrl}/`)).status).toBe(200);
    const { body } = await get(gitea, '/user', as(ada));
    expect(body).toMatchObject({ avatar_url: `${gitea.webUrl}/avatars/${ada.id}` });
    const picture = await get(gitea, `${gitea.webUrl}/avatars/${ada.id}`);
    expect(picture.headers.get('content-type')).toBe('image/svg+xml');
    const unrouted = await get(gitea, '/no/such');
    expect([unrouted.status, unrouted.text]).toEqual([404, '404 page not found\n']);
    expect((await fetch(`${gitea.apiUrl}/version`, { method: 'HEAD' })).status).toBe(405);
    expect((await get(gitea, `${gitea.webUrl}/no/such`)).status).toBe(404);
  });

  it('can be made to fail by script, next pages included', async () => {
    const { gitea, as, grace } = await giteas.startAcme({ maxResponseItems: 1 });
    const url = 'https://elsewhere.test/api/v1/orgs/acme/repos';
    gitea.faults.add({ match: { path: '/orgs/acme/repos' }, effect: { kind: 'next-link', url } });
    expect(relations(await get(gitea, '/orgs/acme/repos', as(grace)))['next']).toBe(url);
  });
});

describe('versions', () => {
  it.each([
    ['gitea', '1.26.3', '1.26.3'],
    ['gitea', '1.22.0', '1.22.0'],
    ['forgejo', '12.0.0+gitea-1.22.0', '12.0.0+gitea-1.22.0'],
    ['forgejo', '9.0.3', '9.0.3+gitea-1.22.0'],
  ] as const)('of %s %s are told as %s', async (profile, version, told) => {
    const { gitea } = await giteas.startAcme({ profile, version });
    expect((await get(gitea, '/version')).body).toEqual({ version: told });
    expect([gitea.profile, gitea.version]).toEqual([profile, told]);
  });

  it('of Forgejo are told at an address of its own, too', async () => {
    const { gitea: forgejo } = await giteas.startAcme({ profile: 'forgejo' });
    const { gitea } = await giteas.startAcme();
    const statuses = [forgejo, gitea].map(
      async ({ webUrl }) => (await fetch(`${webUrl}/api/forgejo/v1/version`)).status,
    );
    expect(await Promise.all(statuses)).toEqual([200, 404]);
  });

  it('that are older, and Forgejo, do not name the scopes of a token that they refuse', async () => {
    for (const options of [{ version: '1.22.6' }, { profile: 'forgejo' }] as const) {
      const { gitea, as, ada } = await giteas.startAcme(options);
      expect(message(await get(gitea, '/repositories/1', as(ada, ['read:user'])))).toBe(
        'token does not have at least one of required scope(s): [read:repository]',
      );
    }
  });

  it.each([
    [{ version: '1.23.8' }, 403],
    [{ version: '1.24.0' }, 200],
    [{ profile: 'forgejo', version: '10.0.3' }, 403],
    [{ profile: 'forgejo', version: '11.0.0' }, 200],
  ] as const)('of %j answer people who ask for their own permission %i', async (options, status) => {
    const path = '/repos/acme/api/collaborators/ada/permission';
    const { gitea, as, ada } = await giteas.startAcme(options);
    expect((await get(gitea, path, as(ada))).status).toBe(status);
  });

  it.each(['11.0.15', '15.0.3'])('of Forgejo %s have words of their own', async (version) => {
    const { gitea, as, ada } = await giteas.startAcme({ profile: 'forgejo', version });
    expect((await get(gitea, '/repos/acme/nothing', as(ada))).body).toMatchObject({
      message: "The target couldn't be found.",
      errors: [],
    });
    expect(message(await get(gitea, '/user', 'nonsense'))).toBe(
      version === '15.0.3'
        ? 'access token does not exist [sha: nonsense]'
        : 'user does not exist [uid: 0, name: ]',
    );
    expect(message(await get(gitea, '/user', 'a.b.c'))).toBe('user does not exist [uid: 0, name: ]');
  });
});

const unshowable: readonly [string, (company: Acme) => unknown][] = [
  [
    "'acme/inner', an organization within another",
    ({ world, acme }) => world.addOrganization({ slug: 'inner', parent: acme }),
  ],
  ["the organization 'a b'", ({ world }) => world.addOrganization({ slug: 'a b' })],
  ["the user 'a b'", ({ world }) => world.addPerson({ username: 'a b' })],
  [
    "'triage' for the members of 'acme'",
    ({ world, acme }) => {
      world.setBasePermission(acme, 'triage');
    },
  ],
  [
    "'eve' with 'guest' in 'acme'",
    ({ world, acme, eve }) => world.setMember({ organization: acme, person: eve, roleName: 'guest' }),
  ],
  ["a team 'owners' of 'acme'", ({ world, acme }) => world.addTeam({ organization: acme, slug: 'owners' })],
  ["'acme/a b': a name is made of", ({ world, acme }) => world.addRepository({ owner: acme, name: 'a b' })],
  [
    "'acme/app' in a project",
    ({ world, acme }) => {
      const project = world.addProject({ organization: acme, key: 'CORE' });
      world.addRepository({ owner: acme, project, name: 'app' });
    },
  ],
  [
    "'acme/open', which is public, beside what is internal",
    ({ world, acme }) => world.addRepository({ owner: acme, name: 'inner', visibility: 'internal' }),
  ],
  ["'maintain' on 'acme/api'", ({ world, api, eve }) => world.grant({ to: eve, on: api, level: 'maintain' })],
  [
    "the role 'guest' on 'acme/api'",
    ({ world, api, eve }) => world.grant({ to: eve, on: api, level: 'none', role: 'guest' }),
  ],
  [
    "the team 'platform' with 'issues' and 'write' on 'acme/api'",
    ({ world, api, platform }) => world.grant({ to: platform, on: api, level: 'write', role: 'issues' }),
  ],
  [
    "'ada/notes' held by 'platform', which is no team of its organization",
    ({ world, notes, platform }) => world.grant({ to: platform, on: notes, level: 'read' }),
  ],
  [
    "a grant to everybody on 'acme/api'",
    ({ world, api }) => world.grant({ to: everybody, on: api, level: 'read' }),
  ],
  [
    "'acme/api' shared with 'partners'",
    ({ world, api }) =>
      world.grant({ to: world.addOrganization({ slug: 'partners' }), on: api, level: 'read' }),
  ],
  [
    "a grant on the project 'CORE'",
    ({ world, acme, eve }) =>
      world.grant({ to: eve, on: world.addProject({ organization: acme, key: 'CORE' }), level: 'read' }),
  ],
];

describe('what Gitea cannot show', () => {
  it.each(unshowable)('is refused: %s', (what, change) => {
    const company = acmeWorld();
    mustBeShowable(company.world);
    change(company);
    expect(() => {
      mustBeShowable(company.world);
    }).toThrow(`Gitea cannot show ${what}`);
  });

  it('is refused when the world becomes so, in words', async () => {
    const { world, gitea, api, eve } = await giteas.startAcme();
    world.grant({ to: eve, on: api, level: 'triage' });
    const reply = await get(gitea, '/version');
    expect([reply.status, reply.text]).toEqual([500, expect.stringContaining('Gitea cannot show')]);
    await expect(startGiteaSimulator({ world })).rejects.toThrow('Gitea cannot show');
  });
});
