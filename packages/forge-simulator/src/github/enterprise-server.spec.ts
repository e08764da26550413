import { afterEach, describe, expect, it } from '@jest/globals';
import { pluck } from '../http/asking.fixture.js';
import { acmeWorld, get, Simulators } from './acme.fixture.js';
import type { GithubSimulatorOptions } from './simulator.js';
import { startGithubSimulator } from './simulator.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

async function setUp(options: Pick<GithubSimulatorOptions, 'privateMode' | 'serverVersion'> = {}) {
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
    expect((await get(github, '/user', token)).headers.has('deprecation')).toBe(false);
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

describe('an Enterprise Server of another version', () => {
  it('says that version and names its documentation', async () => {
    const { github, token } = await setUp({ serverVersion: '3.17.4' });
    const reply = await get(github, '/repos/acme/none', token);
    expect(reply.headers.get('x-github-enterprise-version')).toBe('3.17.4');
    expect(reply.text).toMatch('docs.github.com/enterprise-server@3.17/rest');
  });
});

describe('an Enterprise Server whose web server asks first', () => {
  it('answers nobody without a credential but with a page and a challenge', async () => {
    const { github, token } = await setUp({ privateMode: 'html' });
    const reply = await get(github, '/meta');
    expect([reply.status, reply.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="GitHub"']);
    expect(reply.headers.get('content-type')).toMatch('text/html');
    expect(reply.headers.has('x-github-request-id')).toBe(false);
    expect((await get(github, '/meta', token)).status).toBe(200);
    expect((await get(github, '/meta', 'ghp_bad')).body).toMatchObject({ message: 'Bad credentials' });
  });
});

describe('GitHub.com', () => {
  it.each([{ privateMode: true }, { privateMode: 'html' }, { serverVersion: '3.19.2' }] as const)(
    'does not start with what only an Enterprise Server has: %p',
    async (options) => {
      const { world } = acmeWorld();
      await expect(startGithubSimulator({ world, ...options })).rejects.toThrow('GitHub.com has no');
    },
  );

  it('says of its older API version, on every answer, when it ends and where to read about it', async () => {
    const { world, ada } = acmeWorld();
    const github = await simulators.start({ world });
    const token = github.tokens.issue({ kind: 'classic', person: ada, scopes: ['repo'] });
    const about =
      '<https://docs.github.com/en/rest/about-the-rest-api/api-versions>; rel="deprecation"; type="text/html"';
    const older = await get(github, '/user/repos?per_page=3', token);
    expect(older.headers.get('deprecation')).toBe('Tue, 10 Mar 2026 00:00:00 GMT');
    expect(older.headers.get('sunset')).toBe('Fri, 10 Mar 2028 00:00:00 GMT');
    expect(older.headers.get('link')).toMatch(/rel="next", <.*>; rel="last", <.*>; rel="deprecation"/);
    expect((await get(github, '/user', token)).headers.get('link')).toBe(about);
    const newer = await get(github, '/user/repos', token, { 'x-github-api-version': '2026-03-10' });
    for (const name of ['deprecation', 'sunset', 'link'])
      expect([name, newer.headers.has(name)]).toEqual([name, false]);
  });

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
