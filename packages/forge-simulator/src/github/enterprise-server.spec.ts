import { afterEach, describe, expect, it } from '@jest/globals';
import { acmeWorld, get, pluck, Simulators } from './acme.fixture.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

async function setUp(options: { readonly privateMode?: boolean } = {}) {
  const { world, ada } = acmeWorld();
  const github = await simulators.start({ world, profile: 'enterprise-server', ...options });
  const token = github.tokens.issue({ kind: 'classic', person: ada, scopes: ['repo', 'read:org'] });
  return { github, token };
}

describe('an Enterprise Server', () => {
  it('has one origin with its API under /api/v3, and says its version', async () => {
    const { github, token } = await setUp();
    expect(github.apiUrl).toBe(`${github.webUrl}/api/v3`);
    expect(github.origins).toEqual([github.webUrl]);
    const { headers, body } = await get(github, '/user/repos?per_page=2', token);
    expect(headers.get('x-github-enterprise-version')).toMatch(/^3\.\d+\.\d+$/);
    expect(headers.get('link')).toContain(`<${github.apiUrl}/user/repos?per_page=2&page=2>; rel="next"`);
    expect(pluck(body, 'url')[0]).toBe(`${github.apiUrl}/repos/acme/api`);
    expect(pluck(body, 'html_url')[0]).toBe(`${github.webUrl}/acme/api`);
    expect((await get(github, '/meta')).body).toMatchObject({ installed_version: '3.19.2' });
  });

  it('logs and matches paths without the prefix', async () => {
    const { github, token } = await setUp();
    github.faults.add({
      match: { path: '/user', surface: 'api' },
      effect: { kind: 'html-page', status: 503 },
    });
    expect((await get(github, '/user', token)).status).toBe(503);
    expect(github.log.entries).toMatchObject([{ path: '/user', surface: 'api', status: 503 }]);
  });

  it('has no rate limits unless they are turned on', async () => {
    const { github, token } = await setUp();
    const { headers, status, body } = await get(github, '/rate_limit', token);
    expect([status, body]).toMatchObject([404, { message: 'Rate limiting is not enabled.' }]);
    expect([...headers.keys()].filter((name) => name.startsWith('x-ratelimit'))).toEqual([]);
  });

  it('knows neither the newest API version nor the list of them', async () => {
    const { github, token } = await setUp();
    const newest = await get(github, '/user', token, { 'x-github-api-version': '2026-03-10' });
    expect(newest.status).toBe(400);
    expect(newest.text).toMatch('are currently supported: \\"2022-11-28\\" (most recent)');
    expect((await get(github, '/versions', token)).status).toBe(404);
  });

  it('names its own documentation in errors', async () => {
    const { github } = await setUp();
    expect((await get(github, '/repos/acme/none')).text).toMatch('docs.github.com/enterprise-server@');
  });

  it('answers nobody without a credential in private mode', async () => {
    const { github, token } = await setUp({ privateMode: true });
    const reply = await get(github, '/meta');
    expect(reply.status).toBe(401);
    expect(reply.body).toMatchObject({ message: 'Must authenticate to access this API.' });
    expect(reply.headers.has('x-github-enterprise-version')).toBe(true);
    expect((await get(github, '/repos/acme/open', token)).status).toBe(200);
  });
});

describe('GitHub.com', () => {
  it('has a web and an API origin, and the API is not on the web one', async () => {
    const { world, ada } = acmeWorld();
    const github = await simulators.start({ world });
    const token = github.tokens.issue({ kind: 'classic', person: ada });
    expect(new Set(github.origins)).toEqual(new Set([github.webUrl, github.apiUrl]));
    expect(github.origins).toHaveLength(2);
    const response = await fetch(`${github.webUrl}/user`, { headers: { authorization: `Bearer ${token}` } });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      404,
      'text/html; charset=utf-8',
    ]);
    expect((await get(github, '/versions')).body).toEqual(['2026-03-10', '2022-11-28']);
    expect((await get(github, '/meta')).body).not.toHaveProperty('installed_version');
    expect((await get(github, '/user', token)).headers.has('x-github-enterprise-version')).toBe(false);
  });
});
