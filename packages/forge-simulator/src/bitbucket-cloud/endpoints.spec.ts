import { afterEach, describe, expect, it } from '@jest/globals';
import { get, pluck, Simulators } from './acme.fixture.js';
import { uuidOf } from './uuid.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

describe('workspaces', () => {
  it('are those in which the person belongs or has anything, without a name', async () => {
    const { bitbucket, token, acme, ada, eve } = await simulators.startAcme();
    const { body } = await get(bitbucket, '/user/workspaces', token);
    expect(pluck(body, 'workspace', 'slug')).toEqual(['ada', 'acme']);
    expect(pluck(body, 'workspace', 'uuid')).toEqual([
      uuidOf('workspace', ada.id),
      uuidOf('workspace', acme.id),
    ]);
    expect(pluck(body, 'administrator')).toEqual([true, false]);
    expect(pluck(body, 'workspace', 'name')).toEqual([undefined, undefined]);
    const guest = bitbucket.tokens.issue({ kind: 'oauth', person: eve, scopes: ['account'] });
    expect(pluck((await get(bitbucket, '/user/workspaces', guest)).body, 'workspace', 'slug')).toEqual([
      'acme',
    ]);
  });

  it('can be asked for by who administers them, and sorted', async () => {
    const { bitbucket, token } = await simulators.startAcme();
    const slugs = async (query: string) =>
      pluck((await get(bitbucket, `/user/workspaces?${query}`, token)).body, 'workspace', 'slug');
    expect(await slugs('administrator=true')).toEqual(['ada']);
    expect(await slugs('administrator=false')).toEqual(['acme']);
    expect(await slugs('sort=-slug')).toEqual(['ada', 'acme']);
  });

  it('have their name where one is asked for, by slug or uuid', async () => {
    const { bitbucket, token, acme } = await simulators.startAcme();
    const uuid = encodeURIComponent(uuidOf('workspace', acme.id));
    for (const identifier of ['acme', uuid])
      expect((await get(bitbucket, `/workspaces/${identifier}`, token)).body).toMatchObject({
        name: 'Acme Inc.',
        slug: 'acme',
      });
    expect(await get(bitbucket, '/workspaces/none', token)).toMatchObject({
      status: 404,
      body: { error: { message: "No workspace with identifier 'none'." } },
    });
  });

  it("tell the person's own role, and everybody's to members", async () => {
    const { bitbucket, token, eve } = await simulators.startAcme();
    const own = await get(bitbucket, '/user/workspaces/acme/permission', token);
    expect(own.body).toMatchObject({ permission: 'member', user: { nickname: 'ada' } });
    const { body } = await get(bitbucket, '/workspaces/acme/permissions', token);
    expect(pluck(body, 'permission')).toEqual(['member', 'owner']);
    const guest = bitbucket.tokens.issue({ kind: 'oauth', person: eve, scopes: ['account'] });
    expect((await get(bitbucket, '/workspaces/acme/permissions', guest)).status).toBe(403);
  });
});

describe('repositories of a workspace', () => {
  it('are all that the person sees, and with a role those with a grant, the oldest first where no order is asked for', async () => {
    const { bitbucket, token } = await simulators.startAcme();
    const names = async (query: string) =>
      pluck((await get(bitbucket, `/repositories/acme?${query}`, token)).body, 'full_name');
    expect(await names('')).toEqual(['acme/api', 'acme/lib', 'acme/open', 'acme/bare']);
    expect(await names('sort=full_name')).toEqual(['acme/api', 'acme/bare', 'acme/lib', 'acme/open']);
    expect(await names('role=member')).toEqual(['acme/api', 'acme/lib', 'acme/bare']);
    expect(await names('role=contributor')).toEqual(['acme/api']);
    expect(await names('role=admin')).toEqual([]);
    expect(await names('role=owner')).toEqual([]);
    expect((await get(bitbucket, '/repositories/acme?role=king', token)).status).toBe(400);
  });

  it('can be filtered, sorted and cut down to some fields', async () => {
    const { bitbucket, token } = await simulators.startAcme();
    const names = async (query: Record<string, string>) => {
      const path = `/repositories/acme?${new URLSearchParams(query).toString()}`;
      return pluck((await get(bitbucket, path, token)).body, 'full_name');
    };
    expect(await names({ q: 'is_private = true AND name ~ "B"' })).toEqual(['acme/lib', 'acme/bare']);
    expect(await names({ q: 'full_name="acme/api" OR is_private=false' })).toEqual(['acme/api', 'acme/open']);
    expect(await names({ q: 'project.key != "CORE"', sort: '-created_on' })).toEqual([
      'acme/bare',
      'acme/open',
    ]);
    const { body } = await get(bitbucket, '/repositories/acme?fields=values.name,values.links.html', token);
    expect(body).toMatchObject({ values: [{ name: 'api', links: { html: {} } }, {}, {}, {}] });
    expect(body).not.toHaveProperty('pagelen');
    expect(pluck(body, 'uuid')).toEqual([undefined, undefined, undefined, undefined]);
    const less = await get(bitbucket, '/repositories/acme?fields=-values.links,-size', token);
    expect(pluck(less.body, 'links')).toEqual([undefined, undefined, undefined, undefined]);
    expect(pluck(less.body, 'type')).toEqual(['repository', 'repository', 'repository', 'repository']);
    expect(less.body).not.toHaveProperty('size');
  });

  it.each([
    'q=nonsense',
    'q=is_private',
    'q=name="a" XOR name="b"',
    'q=name="a" AND',
    'sort=nonsense',
    'q=(',
  ])('refuse %s', async (query) => {
    const { bitbucket, token } = await simulators.startAcme();
    expect((await get(bitbucket, `/repositories/acme?${encodeURI(query)}`, token)).status).toBe(400);
  });
});

describe('a repository', () => {
  it('has no main branch while it is empty, and names who looks in the clone address', async () => {
    const { bitbucket, token } = await simulators.startAcme();
    const { body } = await get(bitbucket, '/repositories/acme/bare', token);
    const { host } = new URL(bitbucket.webUrl);
    expect(body).toMatchObject({
      full_name: 'acme/bare',
      is_private: true,
      mainbranch: null,
      links: {
        clone: [
          { name: 'https', href: `http://ada@${host}/acme/bare.git` },
          { name: 'ssh', href: 'git@127.0.0.1:acme/bare.git' },
        ],
      },
    });
    expect((await get(bitbucket, '/repositories/acme/lib', token)).body).toMatchObject({
      mainbranch: { name: 'main' },
      parent: { full_name: 'acme/api' },
    });
  });

  it('is found by its uuid in its own workspace, and in none', async () => {
    const { bitbucket, token, api, acme } = await simulators.startAcme();
    const uuid = encodeURIComponent(uuidOf('repository', api.id));
    const workspace = encodeURIComponent(uuidOf('workspace', acme.id));
    for (const name of ['acme', workspace, '%7B%7D'])
      expect((await get(bitbucket, `/repositories/${name}/${uuid}`, token)).body).toMatchObject({
        full_name: 'acme/api',
      });
    expect((await get(bitbucket, `/repositories/ada/${uuid}`, token)).status).toBe(404);
  });

  it('is hidden from whoever has nothing on it, like one that does not exist', async () => {
    const { bitbucket, eve } = await simulators.startAcme();
    const token = bitbucket.tokens.issue({ kind: 'oauth', person: eve, scopes: ['repository'] });
    const hidden = await get(bitbucket, '/repositories/acme/lib', token);
    expect(hidden).toMatchObject({ status: 404 });
    expect((await get(bitbucket, '/repositories/acme/none', token)).body).toEqual(hidden.body);
  });

  it('answers who has it already with a 304, and listings never do', async () => {
    const { bitbucket, token } = await simulators.startAcme();
    const { headers } = await get(bitbucket, '/repositories/acme/api', token);
    const condition = { authorization: `Bearer ${token}`, 'if-none-match': headers.get('etag') ?? '' };
    expect((await get(bitbucket, '/repositories/acme/api', condition)).status).toBe(304);
    expect((await get(bitbucket, '/repositories/acme', token)).headers.has('etag')).toBe(false);
  });
});

describe('permissions', () => {
  it('of the person are effective, through groups and projects, without what is only public', async () => {
    const { bitbucket, token } = await simulators.startAcme();
    const path = '/user/workspaces/acme/permissions/repositories';
    const { body } = await get(bitbucket, path, token);
    expect(pluck(body, 'repository', 'full_name')).toEqual(['acme/api', 'acme/lib', 'acme/bare']);
    expect(pluck(body, 'permission')).toEqual(['write', 'read', 'read']);
    const writers = await get(bitbucket, `${path}?q=${encodeURIComponent('permission > "read"')}`, token);
    expect(pluck(writers.body, 'repository', 'full_name')).toEqual(['acme/api']);
  });

  it('of everybody are shown to administrators of the repository, as owners of the workspace are', async () => {
    const { bitbucket, token, grace } = await simulators.startAcme();
    const path = '/workspaces/acme/permissions/repositories/api';
    expect((await get(bitbucket, path, token)).status).toBe(403);
    const owner = bitbucket.tokens.issue({ kind: 'oauth', person: grace, scopes: ['repository'] });
    const { body } = await get(bitbucket, path, owner);
    expect(pluck(body, 'user', 'nickname')).toEqual(['ada', 'grace', 'eve']);
    expect(pluck(body, 'permission')).toEqual(['write', 'admin', 'read']);
  });

  it('as they were given are told apart by who has them', async () => {
    const { bitbucket, grace } = await simulators.startAcme();
    const token = bitbucket.tokens.issue({ kind: 'oauth', person: grace, scopes: ['repository:admin'] });
    const at = '/repositories/acme/api/permissions-config';
    const users = await get(bitbucket, `${at}/users`, token);
    expect(pluck(users.body, 'user', 'nickname')).toEqual(['eve']);
    const groups = await get(bitbucket, `${at}/groups`, token);
    expect(pluck(groups.body, 'group', 'slug')).toEqual(['platform']);
    expect(pluck(groups.body, 'permission')).toEqual(['write']);
  });
});

it('E-mail addresses need a scope of their own', async () => {
  const { bitbucket, token, ada } = await simulators.startAcme();
  expect(pluck((await get(bitbucket, '/user/emails', token)).body, 'email')).toEqual(['ada@example.com']);
  const without = bitbucket.tokens.issue({ kind: 'oauth', person: ada, scopes: ['account'] });
  expect((await get(bitbucket, '/user/emails', without)).status).toBe(403);
});

it.each([
  '/workspaces',
  '/repositories',
  '/repositories?role=member',
  '/snippets',
  '/user/permissions/workspaces',
  '/user/permissions/repositories',
  '/repositories/acme/api/issues',
])('%s is gone, in the words of the vendor', async (path) => {
  const { bitbucket, token } = await simulators.startAcme();
  const announcement = 'https://developer.atlassian.com/cloud/bitbucket/changelog#CHANGE-2770';
  const { status, body } = await get(bitbucket, path, token);
  expect({ status, body }).toEqual({
    status: 410,
    body: {
      type: 'error',
      error: {
        message: 'CHANGE-2770 - Functionality has been deprecated',
        detail: 'Please read the changelog entry for more details.',
        data: { announcement_url: announcement },
      },
      data: { announcement_url: announcement },
    },
  });
});

it('The pages of bitbucket.org have another origin than the API', async () => {
  const { bitbucket } = await simulators.startAcme();
  expect(new Set(bitbucket.origins).size).toBe(2);
  expect(bitbucket.apiUrl).toMatch(/\/2\.0$/);
  expect(await get(bitbucket, bitbucket.webUrl)).toMatchObject({ status: 200 });
  expect((await get(bitbucket, `${bitbucket.webUrl}/workspaces/acme/avatar/`)).text).toMatch(/^<svg/);
});
