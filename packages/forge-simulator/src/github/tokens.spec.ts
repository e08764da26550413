import { afterEach, describe, expect, it } from '@jest/globals';
import { acmeWorld, get, Simulators } from './acme.fixture.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

const setUp = () => simulators.startAcme();

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

  it('is silent about the expiry of an installation token', async () => {
    const { github, acme } = await setUp();
    const installation = github.installations.add({ application: 'app', account: acme });
    const expiresAt = new Date('2031-05-06T07:08:09Z');
    const token = github.tokens.issue({ kind: 'installation', installation, expiresAt });
    const { headers } = await get(github, '/installation/repositories', token);
    expect(headers.has('github-authentication-token-expiration')).toBe(false);
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
