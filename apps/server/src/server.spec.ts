import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GithubSimulator } from '@anyforge/forge-simulator';
import { generateWorld, reachOf, startGithubSimulator } from '@anyforge/forge-simulator';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { ApiClient } from './testing/api-client.js';
import type { TestServer } from './testing/start-test-server.js';
import { startTestServer } from './testing/start-test-server.js';

const withId = z.object({ id: z.string() });
const sync = z.object({ state: z.string(), revision: z.number() });
const repositories = z.object({
  items: z.array(z.object({ id: z.string(), path: z.string(), permission: z.object({ level: z.string() }) })),
  nextCursor: z.string().optional(),
  total: z.number(),
});
const problem = z.object({ code: z.string(), status: z.number(), detail: z.string() });

describe('the server', () => {
  const { world, viewer } = generateWorld({ seed: 3, repositories: 230, reach: 0.9 });
  let folder: string;
  let github: GithubSimulator;
  let token: string;
  let server: TestServer;
  let api: ApiClient;

  const start = () => startTestServer({ dataDirectory: join(folder, 'data') });
  const addProvider = async (name: string, baseUrl: string) => {
    const config = { baseUrl };
    return withId.parse((await api.post('/api/v1/git-providers', { name, type: 'github', config })).body).id;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-server-'));
    github = await startGithubSimulator({ world, profile: 'enterprise-server' });
    token = github.tokens.issue({
      kind: 'classic',
      person: viewer,
      scopes: ['repo', 'read:org', 'read:user'],
    });
    server = await start();
    api = server.api;
  });
  afterAll(async () => {
    await server.close();
    await github.close();
    await rm(folder, { recursive: true });
  });

  it('does in five calls what the README says', async () => {
    const created = await api.post('/api/v1/git-providers', {
      name: 'Acme GitHub',
      type: 'github',
      config: { baseUrl: github.webUrl },
    });
    expect(created.status).toBe(201);
    const { id } = withId.parse(created.body);
    expect(created.headers.get('location')).toBe(`/api/v1/git-providers/${id}`);

    const connected = await api.put(`/api/v1/git-providers/${id}/connection`, { token, username: 'ada' });
    expect(connected.status).toBe(200);
    expect(connected.body).toMatchObject({ kind: 'token', account: { username: 'ada' }, missingScopes: [] });

    const started = await api.post('/api/v1/syncs');
    expect(started.status).toBe(202);
    const location = started.headers.get('location') ?? '';
    let seen = sync.parse(started.body);
    while (seen.state !== 'succeeded') {
      seen = sync.parse((await api.get(`${location}?after=${seen.revision}`)).body);
    }

    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const query = new URLSearchParams({ limit: '100', ...(cursor === undefined ? {} : { cursor }) });
      const page = repositories.parse((await api.get(`/api/v1/repositories?${query.toString()}`)).body);
      found.push(...page.items.map(({ path, permission }) => `${path} ${permission.level}`));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(found.toSorted()).toEqual(
      [...reachOf(world, viewer)].map(([{ path }, { level }]) => `${path} ${level}`).toSorted(),
    );

    expect((await api.get('/api/v1/git-providers')).body).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({
          id,
          name: 'Acme GitHub',
          connection: expect.objectContaining({ account: expect.objectContaining({ username: 'ada' }) }),
        }),
      ]),
    });
  });

  it('tells what it can be given', async () => {
    const types = await api.get('/api/v1/provider-types');
    expect(types.body).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({
          type: 'github',
          configSchema: expect.objectContaining({ required: ['baseUrl'] }),
          hosting: expect.objectContaining({ cloud: expect.anything() }),
        }),
        ...['gitlab', 'bitbucket', 'bitbucket-data-center', 'gitea'].map((type) =>
          expect.objectContaining({ type }),
        ),
      ]),
    });
    const id = await addProvider('Help', github.webUrl);
    const help = await api.get(`/api/v1/git-providers/${id}/token-help`);
    expect(help.text).toContain(`${github.webUrl}/settings/tokens/new`);
  });

  it('filters the list of repositories', async () => {
    const admin = repositories.parse((await api.get('/api/v1/repositories?level=admin&limit=200')).body);
    const expected = [...reachOf(world, viewer)].filter(([, { level }]) => level === 'admin').length;
    expect(admin.total).toBe(expected);
    const search = repositories.parse((await api.get('/api/v1/repositories?search=API&limit=200')).body);
    expect(search.items.length).toBeGreaterThan(0);
    expect(search.items.every(({ path }) => path.includes('api'))).toBe(true);
  });

  it('refuses a wrong token with the reason and keeps the good one', async () => {
    const id = await addProvider('Twice', github.webUrl);
    const path = `/api/v1/git-providers/${id}/connection`;
    await api.put(path, { token });
    const refused = await api.put(path, { token: 'ghp_wrong' });
    expect(refused.status).toBe(422);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(refused.body).toMatchObject({ code: 'unauthenticated', repair: { text: expect.any(String) } });
    expect((await api.get(path)).body).toMatchObject({ account: { username: 'ada' } });
    expect((await api.put(path, { token, username: 'grace' })).body).toMatchObject({
      code: 'username_mismatch',
    });
    expect((await api.send('DELETE', path)).body).toEqual({ revoked: 'not-asked' });
    expect((await api.get(path)).body).toMatchObject({ code: 'not_found' });
  });

  it.each([
    ['an unreachable host', 'https://forge.invalid', 'network', 502],
    ['a forbidden address', 'http://169.254.169.254', 'blocked_address', 422],
    ['a private address that the operator has not allowed', 'https://10.1.2.3', 'blocked_address', 422],
  ])('says what to do about %s', async (name, baseUrl, code, status) => {
    const id = await addProvider(name, baseUrl);
    const refused = await api.put(`/api/v1/git-providers/${id}/connection`, { token });
    expect(refused).toMatchObject({ status, body: { code, repair: { text: expect.any(String) } } });
  });

  it.each([
    ['an unknown type', { name: 'Svn', type: 'svn', config: {} }, 422, 'unknown_provider_type', 'github'],
    [
      'a duplicate name',
      { name: ' ACME github ', type: 'github', config: { baseUrl: 'https://github.com' } },
      409,
      'duplicate_name',
      'Choose another name',
    ],
    [
      'a wrong config',
      { name: 'x', type: 'github', config: { baseUrl: 'x' } },
      422,
      'invalid_input',
      'config.baseUrl',
    ],
    ['a missing field', { type: 'github', config: {} }, 422, 'invalid_input', 'name: is missing'],
    ['a missing body', undefined, 422, 'invalid_input', 'The body is missing.'],
    ['a list for a body', [], 422, 'invalid_input', 'The body must be a JSON object.'],
    ['a wrong field', { name: 7, type: 'github', config: [] }, 422, 'invalid_input', 'name: must be a text'],
    [
      'an unknown field',
      { name: 'x', type: 'github', config: {}, token: 'x' },
      422,
      'invalid_input',
      'token',
    ],
  ])('says what to do about %s', async (_, input, status, code, words) => {
    const refused = await api.post('/api/v1/git-providers', input);
    expect(refused).toMatchObject({ status, body: { code, status } });
    expect(problem.parse(refused.body).detail).toContain(words);
    expect(refused.text).not.toContain(token);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=many', 'limit'],
    ['level=boss', 'level'],
    ['cursor=nonsense', 'cursor'],
    ['serach=x', 'serach'],
  ])('refuses the query %s by the name of the field', async (query, field) => {
    const refused = await api.get(`/api/v1/repositories?${query}`);
    expect(refused.status).toBe(422);
    expect(problem.parse(refused.body).detail).toContain(field);
  });

  it('refuses what is not JSON without quoting it', async () => {
    const headers = { 'content-type': 'application/json' };
    const body = `{"token": "${token}`;
    const broken = await api.send('POST', '/api/v1/git-providers', { headers, body });
    expect(broken).toMatchObject({ status: 400, body: { code: 'malformed_request' } });
    expect(broken.text).not.toContain(token);
    const form = await api.send('POST', '/api/v1/git-providers', {
      body: new URLSearchParams({ name: 'x' }),
    });
    expect(form).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } });
    const large = { headers, body: JSON.stringify({ name: 'x'.repeat(100_000) }) };
    expect(await api.send('POST', '/api/v1/git-providers', large)).toMatchObject({ status: 413 });
  });

  it('answers to nobody but this machine, by its own name', async () => {
    const rebound = await sendRaw(server.url, { host: 'forge.evil.example' });
    expect(rebound).toBe(421);
    const foreignPage = await api.get('/api/v1/repositories', { origin: 'https://evil.example' });
    expect(foreignPage).toMatchObject({ status: 403, body: { code: 'foreign_origin' } });
    const ownPage = await api.get('/api/v1/repositories', { origin: server.publicUrl });
    expect(ownPage.status).toBe(200);
    expect((await api.get('/health/live')).body).toEqual({ status: 'ok' });
  });

  it('tells of one repository by the id that the list gives', async () => {
    const { items } = repositories.parse((await api.get('/api/v1/repositories?limit=1')).body);
    const one = await api.get(`/api/v1/repositories/${items[0]?.id ?? ''}`);
    expect(one.body).toMatchObject({ id: items[0]?.id, path: items[0]?.path });
    for (const id of ['none', 'none:1', ':', '%2e%2e%2f', 'a:b:c']) {
      expect(await api.get(`/api/v1/repositories/${id}`)).toMatchObject({ status: 404 });
    }
  });

  it('refuses a malformed address as the mistake of whoever sent it', async () => {
    const malformed = await api.get('/api/v1/git-providers/%E0%A4%A');
    expect(malformed).toMatchObject({ status: 400, body: { code: 'malformed_request' } });
  });

  it.each([
    ['GET', '/api/v1/people/a%00b', 'The address'],
    ['DELETE', '/api/v1/api-tokens/%00', 'The address'],
    ['GET', '/api/v1/git-providers/%00', 'The address'],
    ['GET', '/api/v1/repositories?gitProviderId=%00', 'The query'],
    ['GET', '/api/v1/repositories?search=%00', 'The query'],
    ['GET', '/oauth/done?signIn=%00', 'The query'],
    ['GET', '/oauth/callback/%00?state=x', 'The address'],
  ])('refuses text that no database keeps: %s %s', async (method, path, subject) => {
    const refused = await api.send(method, path);
    expect(refused).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
    expect(problem.parse(refused.body).detail).toContain(subject);
  });

  it.each([
    { name: 'a\0b', type: 'github', config: { baseUrl: 'https://github.com' } },
    { name: 'half \ud83d', type: 'github', config: { baseUrl: 'https://github.com' } },
    { name: 'x', type: 'github', config: { baseUrl: 'https://github.com', deep: [{ list: ['\0'] }] } },
    { name: 'x', type: 'github', config: { 'a\0b': 'https://github.com' } },
  ])('refuses a body with such text: %j', async (input) => {
    const refused = await api.post('/api/v1/git-providers', input);
    expect(refused).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
    expect(problem.parse(refused.body).detail).toContain('The body has a text');
  });

  it('takes a body that is as deep as it can be', async () => {
    const body = `{"name":${'['.repeat(30_000)}${']'.repeat(30_000)}}`;
    const headers = { 'content-type': 'application/json' };
    expect(await api.send('POST', '/api/v1/git-providers', { headers, body })).toMatchObject({ status: 422 });
  });

  it('keeps whole characters of every plane', async () => {
    const name = 'Forge 🦊 of Ada';
    const config = { baseUrl: 'https://github.com' };
    const created = await api.post('/api/v1/git-providers', { name, type: 'github', config });
    expect(created).toMatchObject({ status: 201, body: { name } });
  });

  it('says so where there is nothing', async () => {
    expect(await api.get('/api/v1/nothing')).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await api.get('/api/v1/syncs/none')).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await api.get('/api/v1/git-providers/none')).toMatchObject({ status: 404 });
  });

  it('lets the token out nowhere: not in an answer, the log, or the data folder', async () => {
    const paths = ['/git-providers', '/syncs', '/repositories?limit=200', '/provider-types'];
    for (const path of paths) expect((await api.get(`/api/v1${path}`)).text).not.toContain(token);
    expect(server.logLines.length).toBeGreaterThan(0);
    expect(server.logLines.join('')).not.toContain(token);
    for (const name of await readdir(server.dataDirectory)) {
      const file = join(server.dataDirectory, name);
      expect((await readFile(file)).includes(token)).toBe(false);
      expect((await stat(file)).mode & 0o077).toBe(0);
    }
    expect((await stat(server.dataDirectory)).mode & 0o077).toBe(0);
  });

  it('has everything again after a restart', async () => {
    const before = await api.get('/api/v1/repositories?limit=200');
    await server.close();
    server = await start();
    api = server.api;
    expect((await api.get('/api/v1/repositories?limit=200')).body).toEqual(before.body);
  });
});

/** `fetch` does not let a program choose its Host header. */
function sendRaw(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${url}/api/v1/git-providers`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}
