import { afterEach, describe, expect, it } from '@jest/globals';
import { acmeWorld, get, ManualClock, pluck, Simulators } from './acme.fixture.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

async function setUp() {
  const company = acmeWorld();
  const github = await simulators.start({ world: company.world });
  const token = github.tokens.issue({ kind: 'classic', person: company.ada, scopes: ['repo', 'read:org'] });
  return { ...company, github, token };
}

describe('authentication', () => {
  it('refuses a request without a User-Agent before anything else', async () => {
    const { github, token } = await setUp();
    const reply = await get(github, '/user', token, { 'user-agent': '' });
    expect(reply.status).toBe(403);
    expect(reply.headers.get('content-type')).toMatch('text/html');
    expect(reply.text).toMatch('Please make sure your request has a User-Agent header');
  });

  it.each([
    ['Bearer', (token: string) => `Bearer ${token}`],
    ['token', (token: string) => `token ${token}`],
    ['Basic with the token as password', (token: string) => `Basic ${btoa(`x-access-token:${token}`)}`],
    ['Basic with the token as user name', (token: string) => `Basic ${btoa(`${token}:x-oauth-basic`)}`],
  ])('accepts %s', async (_name, authorization) => {
    const { github, token } = await setUp();
    const reply = await get(github, '/user', undefined, { authorization: authorization(token) });
    expect(reply.body).toMatchObject({ login: 'ada', type: 'User' });
  });

  it('answers Bad credentials to an unknown, a revoked and an expired token', async () => {
    const { world, ada } = acmeWorld();
    const clock = new ManualClock();
    const github = await simulators.start({ world, clock });
    const expiresAt = new Date(clock.now().getTime() + 1000);
    const token = github.tokens.issue({ kind: 'classic', person: ada, expiresAt });
    expect((await get(github, '/user', token)).status).toBe(200);
    clock.advance(1000);
    const revoked = github.tokens.issue({ kind: 'oauth', person: ada });
    github.tokens.revoke(revoked);
    for (const bad of ['ghp_nonsense', token, revoked]) {
      const reply = await get(github, '/zen', bad);
      expect(reply.status).toBe(401);
      for (const name of [
        'x-ratelimit-limit',
        'x-ratelimit-remaining',
        'x-github-api-version-selected',
        'link',
      ])
        expect([name, reply.headers.has(name)]).toEqual([name, false]);
      expect(reply.headers.has('x-github-request-id')).toBe(true);
      expect(reply.body).toEqual({
        message: 'Bad credentials',
        documentation_url: 'https://docs.github.com/rest',
        status: '401',
      });
    }
  });

  it('asks for authentication where there is nothing to say without', async () => {
    const { github } = await setUp();
    const reply = await get(github, '/user');
    expect(reply.status).toBe(401);
    expect(reply.body).toMatchObject({ message: 'Requires authentication' });
  });

  it('turns a suspended account away', async () => {
    const { world, github, ada, token } = await setUp();
    world.setSuspended(ada, true);
    const reply = await get(github, '/user', token);
    expect(reply.status).toBe(403);
    expect(reply.body).toMatchObject({ message: 'Sorry. Your account was suspended.' });
  });
});

describe('what a token tells of itself', () => {
  it('lists granted and accepted scopes, and the expiry, of a classic token', async () => {
    const { github, ada, api } = await setUp();
    const token = github.tokens.issue({
      kind: 'classic',
      person: ada,
      scopes: ['user', 'repo'],
      expiresAt: new Date('2031-05-06T07:08:09Z'),
    });
    const { headers } = await get(github, `/repos/${api.path}`, token);
    expect(headers.get('x-oauth-scopes')).toBe('repo, user');
    expect(headers.get('x-accepted-oauth-scopes')).toBe('repo');
    expect(headers.get('github-authentication-token-expiration')).toBe('2031-05-06 07:08:09 UTC');
    expect(headers.has('x-accepted-github-permissions')).toBe(false);
  });

  it('sends an empty scope list for a classic token without scopes', async () => {
    const { github, ada } = await setUp();
    const { headers } = await get(github, '/user', github.tokens.issue({ kind: 'classic', person: ada }));
    expect(headers.get('x-oauth-scopes')).toBe('');
    expect(headers.has('github-authentication-token-expiration')).toBe(false);
  });

  it.each(['fine-grained', 'app-user'] as const)('sends an empty scope list for a %s token', async (kind) => {
    const { github, ada } = await setUp();
    const token = github.tokens.issue({ kind, person: ada, application: 'app' });
    const { headers } = await get(github, '/user/repos', token);
    expect(headers.get('x-oauth-scopes')).toBe('');
    expect(headers.has('x-accepted-oauth-scopes')).toBe(false);
    expect(headers.get('x-accepted-github-permissions')).toBe('metadata=read');
  });

  it('tells the expiry as local time at an offset where it is told to', async () => {
    const { world, ada } = acmeWorld();
    const expiresAt = new Date('2031-05-06T20:08:09Z');
    for (const [expiryOffset, expected] of [
      ['+0500', '2031-05-07 01:08:09 +0500'],
      ['-0330', '2031-05-06 16:38:09 -0330'],
    ] as const) {
      const github = await simulators.start({ world, expiryOffset });
      const token = github.tokens.issue({ kind: 'fine-grained', person: ada, expiresAt });
      const { headers } = await get(github, '/user', token);
      expect(headers.get('github-authentication-token-expiration')).toBe(expected);
    }
  });

  it('names the OAuth App of an OAuth token and of no other', async () => {
    const { github, ada, token } = await setUp();
    const ids: (string | null)[] = [];
    for (const application of ['one', 'one', 'other']) {
      const issued = github.tokens.issue({ kind: 'oauth', person: ada, application });
      ids.push((await get(github, '/user', issued)).headers.get('x-oauth-client-id'));
    }
    expect(ids[0]).toMatch(/^Ov23li[0-9a-f]{14}$/);
    expect([ids[1] === ids[0], ids[2] === ids[0]]).toEqual([true, false]);
    expect((await get(github, '/user', token)).headers.has('x-oauth-client-id')).toBe(false);
  });

  it('counts a scope as having those within it', async () => {
    const { github, ada } = await setUp();
    for (const scope of ['admin:org', 'write:org', 'read:org', 'user']) {
      const token = github.tokens.issue({ kind: 'classic', person: ada, scopes: [scope] });
      expect((await get(github, '/user/orgs', token)).status).toBe(200);
    }
  });

  it('shows the private part of an account to a token that may read it alone', async () => {
    const { github, ada, token } = await setUp();
    const reader = github.tokens.issue({ kind: 'classic', person: ada, scopes: ['user'] });
    expect((await get(github, '/user', reader)).body).toMatchObject({ total_private_repos: 1 });
    expect((await get(github, '/user', token)).body).not.toHaveProperty('total_private_repos');
  });

  it('has the prefix of its kind', async () => {
    const { github, ada, acme } = await setUp();
    const installation = github.installations.add({ application: 'app', account: acme });
    const { tokens } = github;
    expect(tokens.issue({ kind: 'classic', person: ada })).toMatch(/^ghp_[A-Za-z0-9]{36}$/);
    expect(tokens.issue({ kind: 'oauth', person: ada })).toMatch(/^gho_[A-Za-z0-9]{36}$/);
    expect(tokens.issue({ kind: 'fine-grained', person: ada })).toMatch(
      /^github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}$/,
    );
    expect(tokens.issue({ kind: 'app-user', person: ada, application: 'app' })).toMatch(/^ghu_/);
    expect(tokens.issue({ kind: 'installation', installation })).toMatch(/^ghs_[A-Za-z0-9]{36}$/);
    const stateless = tokens.issue({ kind: 'installation', installation, format: 'stateless' });
    expect(stateless).toMatch(/^ghs_1_[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(stateless).toHaveLength(521);
    expect((await get(github, '/installation/repositories', stateless)).status).toBe(200);
  });
});

describe('GET /user/repos', () => {
  it('lists what the account reaches, by full name, with its effective permissions', async () => {
    const { github, token } = await setUp();
    const { body } = await get(github, '/user/repos', token);
    expect(pluck(body, 'full_name')).toEqual(['acme/api', 'acme/inner', 'acme/open', 'ada/notes']);
    expect(pluck(body, 'visibility')).toEqual(['private', 'internal', 'public', 'private']);
    expect(pluck(body, 'permissions')).toEqual([
      { admin: false, maintain: false, push: true, triage: true, pull: true },
      { admin: false, maintain: false, push: false, triage: false, pull: true },
      { admin: false, maintain: false, push: false, triage: false, pull: true },
      { admin: true, maintain: true, push: true, triage: true, pull: true },
    ]);
  });

  it('shows only what is public to a token without the repo scope', async () => {
    const { github, ada } = await setUp();
    const token = github.tokens.issue({ kind: 'classic', person: ada, scopes: ['public_repo'] });
    expect(pluck((await get(github, '/user/repos', token)).body, 'full_name')).toEqual(['acme/open']);
  });

  it.each([
    ['affiliation=owner', ['ada/notes']],
    ['affiliation=collaborator', []],
    ['affiliation=organization_member', ['acme/api', 'acme/inner', 'acme/open']],
    ['visibility=public', ['acme/open']],
    ['visibility=private&affiliation=owner,organization_member', ['acme/api', 'acme/inner', 'ada/notes']],
    ['type=member', ['acme/api', 'acme/inner', 'acme/open']],
    ['sort=created', ['ada/notes', 'acme/open', 'acme/inner', 'acme/api']],
    ['sort=full_name&direction=desc', ['ada/notes', 'acme/open', 'acme/inner', 'acme/api']],
    ['since=2090-01-01T00:00:00Z', []],
    ['before=2090-01-01T00:00:00Z&type=owner', ['ada/notes']],
  ])('understands %s', async (query, expected) => {
    const { github, token } = await setUp();
    expect(pluck((await get(github, `/user/repos?${query}`, token)).body, 'full_name')).toEqual(expected);
  });

  it('calls an outside collaborator a collaborator', async () => {
    const { github, eve } = await setUp();
    const token = github.tokens.issue({ kind: 'classic', person: eve, scopes: ['repo'] });
    const { body } = await get(github, '/user/repos?affiliation=collaborator', token);
    expect(pluck(body, 'full_name')).toEqual(['acme/api']);
    const asMember = await get(github, '/user/repos?affiliation=organization_member', token);
    expect(asMember.body).toEqual([]);
  });

  it('refuses type together with visibility or affiliation', async () => {
    const { github, token } = await setUp();
    const reply = await get(github, '/user/repos?type=all&affiliation=owner', token);
    expect(reply.status).toBe(422);
    expect(reply.body).toMatchObject({
      message: 'If you specify visibility or affiliation, you cannot specify type.',
    });
  });

  it('follows a change of the world in the middle of a listing', async () => {
    const { world, github, ada, token } = await setUp();
    github.onRequest(({ query }) => {
      if (query['page'] === '2') world.addRepository({ owner: ada, name: 'aaa' });
    });
    await get(github, '/user/repos?per_page=2', token);
    const { body } = await get(github, '/user/repos?per_page=2&page=2', token);
    expect(pluck(body, 'full_name')).toEqual(['acme/open', 'ada/aaa']);
  });

  it('shows a fine-grained token its resource owner alone, beside what is public', async () => {
    const { github, ada, acme, api } = await setUp();
    const own = github.tokens.issue({ kind: 'fine-grained', person: ada });
    const selected = github.tokens.issue({
      kind: 'fine-grained',
      person: ada,
      resourceOwner: acme,
      repositories: [api],
    });
    expect(pluck((await get(github, '/user/repos', own)).body, 'full_name')).toEqual([
      'acme/open',
      'ada/notes',
    ]);
    expect(pluck((await get(github, '/user/repos', selected)).body, 'full_name')).toEqual([
      'acme/api',
      'acme/open',
    ]);
  });
});

describe('organizations', () => {
  it('lists organizations and memberships for a token with read:org', async () => {
    const { world, github, token, ada } = await setUp();
    const invited = world.addOrganization({ slug: 'invited' });
    world.setMember({ organization: invited, person: ada, state: 'pending' });
    expect(pluck((await get(github, '/user/orgs', token)).body, 'login')).toEqual(['acme']);
    const memberships = (await get(github, '/user/memberships/orgs', token)).body;
    expect(pluck(memberships, 'state')).toEqual(['active', 'pending']);
    const active = (await get(github, '/user/memberships/orgs?state=active', token)).body;
    expect(pluck(active, 'role')).toEqual(['member']);
  });

  it('refuses both to a token without a scope for them', async () => {
    const { github, ada } = await setUp();
    const token = github.tokens.issue({ kind: 'classic', person: ada, scopes: ['repo'] });
    for (const path of ['/user/orgs', '/user/memberships/orgs']) {
      const reply = await get(github, path, token);
      expect(reply.status).toBe(403);
      expect(reply.body).toMatchObject({
        message: 'You need at least read:org scope or user scope to list your organizations.',
      });
    }
  });

  it('gives a fine-grained token an empty list', async () => {
    const { github, ada } = await setUp();
    const token = github.tokens.issue({ kind: 'fine-grained', person: ada });
    const reply = await get(github, '/user/orgs', token);
    expect([reply.status, reply.body]).toEqual([200, []]);
  });

  it('lists an organization as anybody may see it, and its links by id', async () => {
    const { github, token, acme } = await setUp();
    expect(pluck((await get(github, '/orgs/acme/repos')).body, 'name')).toEqual(['open']);
    const reply = await get(github, '/orgs/acme/repos?per_page=2', token);
    expect(pluck(reply.body, 'name')).toEqual(['open', 'inner']);
    expect(reply.headers.get('link')).toContain(
      `/organizations/${acme.id}/repos?per_page=2&page=2>; rel="next"`,
    );
    const next = await get(github, `/organizations/${acme.id}/repos?per_page=2&page=2`, token);
    expect(pluck(next.body, 'name')).toEqual(['api']);
    expect((await get(github, '/orgs/nobody', token)).status).toBe(404);
  });

  it.each([
    ['public', ['open']],
    ['private', ['fork', 'inner', 'api']],
    ['forks', ['fork']],
    ['sources', ['open', 'inner', 'api']],
    ['member', ['fork', 'open', 'inner', 'api']],
    ['all', ['fork', 'open', 'inner', 'api']],
  ])("lists an organization's repositories of the type %s", async (type, expected) => {
    const { world, github, token, acme, api } = await setUp();
    world.addRepository({ owner: acme, name: 'fork', forkOf: api });
    const { body } = await get(github, `/orgs/acme/repos?type=${type}`, token);
    expect(pluck(body, 'name')).toEqual(expected);
    expect(pluck((await get(github, '/orgs/acme/repos')).body, 'name')).toEqual(['open']);
  });

  it('tells an organization whose owner asks its settings', async () => {
    const { github, grace, token } = await setUp();
    const owner = github.tokens.issue({ kind: 'classic', person: grace, scopes: ['read:org'] });
    expect((await get(github, '/orgs/acme', owner)).body).toMatchObject({
      default_repository_permission: 'read',
    });
    expect((await get(github, '/orgs/acme', token)).body).not.toHaveProperty('default_repository_permission');
  });
});

describe('GitHub Apps', () => {
  it('lists installations and what they and the person both reach', async () => {
    const { github, ada, acme, api } = await setUp();
    const installation = github.installations.add({ application: 'app', account: acme, repositories: [api] });
    const token = github.tokens.issue({ kind: 'app-user', person: ada, application: 'app' });
    const reply = await get(github, '/user/installations', token);
    expect(reply.body).toMatchObject({
      total_count: 1,
      installations: [{ id: installation.id, repository_selection: 'selected', account: { login: 'acme' } }],
    });
    const path = `/user/installations/${installation.id}/repositories`;
    expect((await get(github, path, token)).body).toMatchObject({
      total_count: 1,
      repositories: [{ full_name: 'acme/api', permissions: { push: true } }],
    });
    expect((await get(github, '/user/installations/1/repositories', token)).status).toBe(404);
  });

  it('refuses installations to every other kind of token', async () => {
    const { github, token } = await setUp();
    expect((await get(github, '/user/installations', token)).status).toBe(403);
    expect((await get(github, '/installation/repositories', token)).status).toBe(403);
  });

  it('gives an app-user token what is private where its app is installed alone', async () => {
    const { world, github, ada, acme, api } = await setUp();
    const web = world.addRepository({ owner: acme, name: 'web' });
    const token = github.tokens.issue({ kind: 'app-user', person: ada, application: 'app' });
    const names = async () => pluck((await get(github, '/user/repos', token)).body, 'name');
    expect(await names()).toEqual(['open']);
    const chosen = github.installations.add({ application: 'app', account: acme, repositories: [web] });
    github.installations.add({ application: 'other', account: acme, repositories: [api] });
    expect(await names()).toEqual(['open', 'web']);
    expect((await get(github, '/repos/acme/api', token)).status).toBe(404);
    github.installations.remove(chosen);
    expect(await names()).toEqual(['open']);
  });

  it('lists to an app-user token the installations of its app through which its person reaches anything', async () => {
    const { world, github, ada, grace, acme } = await setUp();
    const own = github.installations.add({ application: 'app', account: acme });
    const elsewhere = world.addOrganization({ slug: 'elsewhere', owners: [grace] });
    world.addRepository({ owner: elsewhere, name: 'hidden' });
    github.installations.add({ application: 'app', account: elsewhere });
    const foreign = github.installations.add({ application: 'other', account: acme });
    const token = github.tokens.issue({ kind: 'app-user', person: ada, application: 'app' });
    expect((await get(github, '/user/installations', token)).body).toMatchObject({
      total_count: 1,
      installations: [{ id: own.id }],
    });
    for (const id of [foreign.id, `${own.id}.0`, 'x'])
      expect((await get(github, `/user/installations/${id}/repositories`, token)).status).toBe(404);
  });

  it('tells an installation no permission on anything, and what it was given alone', async () => {
    const { github, acme, api } = await setUp();
    const installation = github.installations.add({
      application: 'app',
      account: acme,
      repositories: [api],
      permissions: { contents: 'write' },
    });
    const token = github.tokens.issue({ kind: 'installation', installation });
    const permissions = { admin: false, maintain: false, push: false, triage: false, pull: false };
    expect((await get(github, '/installation/repositories', token)).body).toMatchObject({
      total_count: 1,
      repository_selection: 'selected',
      repositories: [{ full_name: 'acme/api', permissions }],
    });
    for (const path of ['/repos/acme/api', '/repos/acme/open'])
      expect((await get(github, path, token)).body).toMatchObject({ permissions });
    expect((await get(github, '/repos/acme/inner', token)).status).toBe(404);
  });

  it('refuses the tokens of an installation that was removed', async () => {
    const { github, acme } = await setUp();
    const installation = github.installations.add({ application: 'app', account: acme });
    const token = github.tokens.issue({ kind: 'installation', installation });
    expect((await get(github, '/installation/repositories', token)).status).toBe(200);
    github.installations.remove(installation);
    const reply = await get(github, '/installation/repositories', token);
    expect([reply.status, reply.body]).toMatchObject([401, { message: 'Bad credentials' }]);
  });

  it('gives an installation its repositories and no user', async () => {
    const { github, acme } = await setUp();
    const installation = github.installations.add({ application: 'app', account: acme });
    const token = github.tokens.issue({ kind: 'installation', installation });
    const reply = await get(github, '/installation/repositories', token);
    expect(reply.body).toMatchObject({ total_count: 3, repository_selection: 'all' });
    const user = await get(github, '/user', token);
    expect(user.status).toBe(403);
    expect(user.body).toMatchObject({ message: 'Resource not accessible by integration' });
  });
});
