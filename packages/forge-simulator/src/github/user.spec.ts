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

  it.each(['fine-grained', 'app-user'] as const)('sends no scopes for a %s token', async (kind) => {
    const { github, ada } = await setUp();
    const token = github.tokens.issue({ kind, person: ada, application: 'app' });
    const { headers } = await get(github, '/user/repos', token);
    expect(headers.has('x-oauth-scopes')).toBe(false);
    expect(headers.get('x-accepted-github-permissions')).toBe('metadata=read');
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
    expect(tokens.issue({ kind: 'installation', installation })).toMatch(/^ghs_/);
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
