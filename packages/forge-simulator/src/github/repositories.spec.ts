import { afterEach, describe, expect, it } from '@jest/globals';
import { pluck } from '../http/asking.fixture.js';
import { get, Simulators } from './acme.fixture.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

const setUp = () => simulators.startAcme();

describe('one repository', () => {
  it('answers by path, whatever its case, and by id', async () => {
    const { github, token, api } = await setUp();
    for (const path of ['/repos/acme/api', '/repos/ACME/Api', `/repositories/${api.id}`])
      expect((await get(github, path, token)).body).toMatchObject({ id: api.id, full_name: 'acme/api' });
    for (const id of [`0x${api.id.toString(16)}`, `${api.id}.0`, `+${api.id}`])
      expect((await get(github, `/repositories/${id}`, token)).status).toBe(404);
  });

  it('is the same in a listing and by itself', async () => {
    const { world, github, token, api, ada } = await setUp();
    world.addRepository({ owner: ada, name: 'api', forkOf: api, description: 'Größe "quoted"' });
    const listing = (await get(github, '/user/repos', token)).body;
    const listed: unknown[] = Array.isArray(listing) ? listing : [];
    expect(listed).toHaveLength(5);
    for (const [index, path] of pluck(listing, 'full_name').entries()) {
      const { body } = await get(github, `/repos/${String(path)}`, token);
      expect({ ...Object(body), ...Object(listed[index]) }).toEqual(body);
    }
    expect((await get(github, '/repos/ada/api', token)).body).toHaveProperty('parent', listed[0]);
  });

  it('names a branch even when it is empty', async () => {
    const { world, github, token, ada } = await setUp();
    world.addRepository({ owner: ada, name: 'new', empty: true });
    expect((await get(github, '/repos/ada/new', token)).body).toMatchObject({
      default_branch: 'main',
      size: 0,
    });
  });

  it('hides what the caller may not see as if it did not exist', async () => {
    const { github, token, eve, ada } = await setUp();
    const stranger = github.tokens.issue({ kind: 'classic', person: eve, scopes: ['repo'] });
    const unscoped = github.tokens.issue({ kind: 'classic', person: ada });
    for (const [path, credential] of [
      ['/repos/ada/notes', stranger],
      ['/repos/acme/api', unscoped],
      ['/repos/acme/api', undefined],
      ['/repos/acme/nothing', token],
    ] as const) {
      const reply = await get(github, path, credential);
      expect(reply.status).toBe(404);
      expect(reply.body).toEqual({
        message: 'Not Found',
        documentation_url: 'https://docs.github.com/rest/repos/repos#get-a-repository',
        status: '404',
      });
    }
  });

  it('shows what is public to anybody, without permissions', async () => {
    const { github } = await setUp();
    const { body } = await get(github, '/repos/acme/open');
    expect(body).toMatchObject({ visibility: 'public' });
    expect(body).not.toHaveProperty('permissions');
  });

  it('sends those who ask by an old path to the id, below it as well', async () => {
    const { world, github, token, api } = await setUp();
    world.renameRepository(api, 'backend');
    const reply = await get(github, '/repos/acme/api/teams?per_page=1', token);
    const url = `${github.apiUrl}/repositories/${api.id}/teams?per_page=1`;
    expect([reply.status, reply.headers.get('location')]).toEqual([301, url]);
    expect(reply.body).toMatchObject({ message: 'Moved Permanently', url });
    const followed = await get(github, `/repositories/${api.id}/teams?per_page=1`, token);
    expect(pluck(followed.body, 'slug')).toEqual(['platform']);
    expect((await get(github, '/repos/acme/api')).status).toBe(404);
  });

  it('shows what it was forked from to those who may see that', async () => {
    const { world, github, token, ada, eve, api } = await setUp();
    const fork = world.addRepository({ owner: ada, name: 'api', forkOf: api, visibility: 'public' });
    expect((await get(github, `/repos/${fork.path}`, token)).body).toMatchObject({
      fork: true,
      parent: { full_name: 'acme/api' },
    });
    world.revoke(eve, api);
    const stranger = github.tokens.issue({ kind: 'classic', person: eve, scopes: ['repo'] });
    const { body } = await get(github, `/repos/${fork.path}`, stranger);
    expect(body).toMatchObject({ fork: true });
    expect(body).not.toHaveProperty('parent');
  });

  it('leaves out of version 2026-03-10 what that version took away', async () => {
    const { github, token } = await setUp();
    const old = await get(github, '/repos/acme/api', token);
    expect(old.headers.get('x-github-api-version-selected')).toBe('2022-11-28');
    expect(old.body).toHaveProperty('has_downloads');
    const now = await get(github, '/repos/acme/api', token, { 'x-github-api-version': '2026-03-10' });
    expect(now.headers.get('x-github-api-version-selected')).toBe('2026-03-10');
    expect(now.body).not.toHaveProperty('has_downloads');
    expect(now.body).not.toHaveProperty('use_squash_pr_title_as_default');
  });

  it('refuses a version it does not know', async () => {
    const { github, token } = await setUp();
    const reply = await get(github, '/user', token, { 'x-github-api-version': '2030-01-01' });
    expect(reply.status).toBe(400);
    expect(reply.text).toMatch('is not a supported version');
  });
});

describe('who may do what on a repository', () => {
  it('lists everybody with a grant, their flags and their role', async () => {
    const { world, github, token, api, ada } = await setUp();
    world.grant({ to: ada, on: api, level: 'maintain', role: 'release-manager' });
    const { body } = await get(github, '/repos/acme/api/collaborators', token);
    expect(pluck(body, 'login')).toEqual(['ada', 'grace', 'eve']);
    expect(pluck(body, 'role_name')).toEqual(['release-manager', 'admin', 'read']);
    expect(pluck(body, 'permissions')).toContainEqual({
      admin: false,
      maintain: true,
      push: true,
      triage: true,
      pull: true,
    });
  });

  it.each([
    ['affiliation=direct', ['grace', 'eve']],
    ['affiliation=outside', ['eve']],
    ['permission=push', ['ada', 'grace']],
    ['permission=admin', ['grace']],
  ])('understands %s', async (query, expected) => {
    const { world, github, token, grace, api } = await setUp();
    world.grant({ to: grace, on: api, level: 'read' });
    const { body } = await get(github, `/repos/acme/api/collaborators?${query}`, token);
    expect(pluck(body, 'login')).toEqual(expected);
  });

  it('pages collaborators under the id', async () => {
    const { github, token, api } = await setUp();
    const { headers } = await get(github, '/repos/acme/api/collaborators?per_page=1', token);
    expect(headers.get('link')).toContain(
      `/repositories/${api.id}/collaborators?per_page=1&page=2>; rel="next"`,
    );
  });

  it('tells nobody who may not write, nor a token without read:org', async () => {
    const { github, ada, eve } = await setUp();
    const reader = github.tokens.issue({ kind: 'classic', person: eve, scopes: ['repo', 'read:org'] });
    const unscoped = github.tokens.issue({ kind: 'classic', person: ada, scopes: ['repo'] });
    for (const token of [reader, unscoped]) {
      const reply = await get(github, '/repos/acme/api/collaborators', token);
      expect(reply.status).toBe(403);
      expect(reply.body).toMatchObject({
        message: 'Must have push access to view repository collaborators.',
      });
    }
  });

  it('tells nobody outside the organization, whatever they may do, but anybody with push on a personal repository', async () => {
    const { world, github, eve, ada, api, notes } = await setUp();
    world.grant({ to: eve, on: api, level: 'write' });
    world.grant({ to: eve, on: notes, level: 'write' });
    const outside = github.tokens.issue({ kind: 'classic', person: eve, scopes: ['repo', 'read:org'] });
    const reply = await get(github, '/repos/acme/api/collaborators', outside);
    expect([reply.status, reply.body]).toMatchObject([
      403,
      { message: 'Must have push access to view repository collaborators.' },
    ]);
    const own = await get(github, '/repos/ada/notes/collaborators', outside);
    expect(pluck(own.body, 'login')).toEqual([ada.username, eve.username]);
  });

  it('does not count suspended people', async () => {
    const { world, github, token, eve } = await setUp();
    world.setSuspended(eve, true);
    const { body } = await get(github, '/repos/acme/api/collaborators', token);
    expect(pluck(body, 'login')).toEqual(['ada', 'grace']);
    expect((await get(github, '/repos/acme/api/collaborators/eve/permission', token)).body).toMatchObject({
      permission: 'none',
    });
  });

  it('tells one person in the four old words, beside the role', async () => {
    const { world, github, token, api, eve } = await setUp();
    world.grant({ to: eve, on: api, level: 'triage' });
    const path = (name: string) => `/repos/acme/api/collaborators/${name}/permission`;
    expect((await get(github, path('eve'), token)).body).toMatchObject({
      permission: 'read',
      role_name: 'triage',
      user: { login: 'eve' },
    });
    const nobody = world.addPerson({ username: 'nobody' });
    expect((await get(github, path(nobody.username), token)).body).toMatchObject({ permission: 'none' });
    const unknown = await get(github, path('zoe'), token);
    expect([unknown.status, unknown.body]).toMatchObject([404, { message: 'zoe is not a user' }]);
  });

  it('lists teams with what they have, through a team above as well', async () => {
    const { world, github, token, acme, platform } = await setUp();
    world.addTeam({ organization: acme, slug: 'databases', parent: platform });
    world.addTeam({ organization: acme, slug: 'unrelated' });
    const { body } = await get(github, '/repos/acme/api/teams', token);
    expect(pluck(body, 'slug')).toEqual(['platform', 'databases']);
    expect(pluck(body, 'permission')).toEqual(['push', 'push']);
    expect(pluck(body, 'parent')).toMatchObject([null, { slug: 'platform' }]);
  });
});
