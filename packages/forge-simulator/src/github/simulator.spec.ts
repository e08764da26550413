import { afterEach, describe, expect, it } from '@jest/globals';
import type { Clock } from '../http/clock.js';
import { hashCredential } from '../http/message.js';
import { generateWorld } from '../world/generate.js';
import { ManualClock } from '../http/manual-clock.fixture.js';
import { acmeWorld, get, Simulators } from './acme.fixture.js';
import { startGithubSimulator } from './simulator.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

async function setUp() {
  const company = acmeWorld();
  const github = await simulators.start({ world: company.world });
  const token = github.tokens.issue({ kind: 'classic', person: company.ada });
  return { ...company, github, token };
}

describe('the addresses', () => {
  it('are at the port that is asked for', async () => {
    const { world } = acmeWorld();
    const { port } = new URL((await simulators.start({ world })).webUrl);
    await simulators.closeAll();
    const github = await simulators.start({ world, profile: 'enterprise-server', port: Number(port) });
    expect(github.origins).toEqual([`http://127.0.0.1:${port}`]);
  });

  it('are not to be had at a port that somebody else has', async () => {
    const { world } = acmeWorld();
    const { port } = new URL((await simulators.start({ world })).webUrl);
    await expect(startGithubSimulator({ world, port: Number(port) })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});

describe('the request log', () => {
  it('has every request in order, with what was asked and answered', async () => {
    const { github, token } = await setUp();
    await get(github, '/user/repos?page=3&per_page=7', token, { 'x-test': 'yes' });
    await get(github, '/nothing');
    expect(github.log.entries).toMatchObject([
      {
        sequence: 1,
        method: 'GET',
        surface: 'api',
        origin: github.apiUrl,
        path: '/user/repos',
        query: { page: '3', per_page: '7' },
        headers: { 'x-test': 'yes' },
        status: 200,
        outcome: 'answered',
      },
      { sequence: 2, path: '/nothing', status: 404 },
    ]);
    expect(github.log.entries[1]).not.toHaveProperty('credential');
  });

  it('never holds a credential, but tells whether it was a given one', async () => {
    const { github, token } = await setUp();
    await get(github, '/user', token);
    await get(github, '/user', 'ghp_other');
    expect(JSON.stringify(github.log.entries)).not.toContain(token);
    expect(github.log.entries[0]?.credential).toEqual({ scheme: 'Bearer', hash: hashCredential(token) });
    expect(github.log.withCredential(token)).toHaveLength(1);
  });

  it.each([
    ['as a password', 'Basic', (token: string) => ({ authorization: `Basic ${btoa(`x:${token}`)}` })],
    ['as a user name', 'Basic', (token: string) => ({ authorization: `Basic ${btoa(`${token}:`)}` })],
    ['in an older scheme', 'token', (token: string) => ({ authorization: `token ${token}` })],
    ['without a scheme', '', (token: string) => ({ authorization: token })],
    ["in GitLab's own header", 'private-token', (token: string) => ({ 'private-token': token })],
    ["in a job's header", 'job-token', (token: string) => ({ 'job-token': token })],
  ])('knows a token %s', async (_name, scheme, headers) => {
    const { github, token } = await setUp();
    await get(github, '/user', undefined, headers(token));
    expect(github.log.withCredential(token)).toHaveLength(1);
    expect(github.log.entries[0]?.credential).toEqual({ scheme, hash: hashCredential(token) });
    const text = JSON.stringify(github.log.entries);
    expect([
      text.includes(token),
      text.includes(btoa(`x:${token}`)),
      text.includes(btoa(`${token}:`)),
    ]).toEqual([false, false, false]);
  });

  it('knows a token in the address, in a cookie and in a body, and shows none of them', async () => {
    const { github, token } = await setUp();
    await get(github, `/user?access_token=${token}&page=1`);
    await get(github, '/user', undefined, { cookie: `session=${token}` });
    const post = (contentType: string, body: string) =>
      fetch(`${github.webUrl}/login`, { method: 'POST', headers: { 'content-type': contentType }, body });
    await post('application/x-www-form-urlencoded', `client_id=me&refresh_token=${token}`);
    await post('application/json', JSON.stringify({ client_id: 'me', nested: { client_secret: token } }));
    expect(github.log.withCredential(token)).toHaveLength(4);
    expect(JSON.stringify(github.log.entries)).not.toContain(token);
    const hash = hashCredential(token);
    expect(github.log.entries).toMatchObject([
      { query: { access_token: `sha256:${hash}`, page: '1' }, credential: { scheme: 'access_token', hash } },
      { headers: { cookie: expect.stringMatching('^sha256:') } },
      { body: `client_id=me&refresh_token=sha256%3A${hash}` },
      { body: `{"client_id":"me","nested":{"client_secret":"sha256:${hash}"}}` },
    ]);
    expect(github.log.entries[2]).not.toHaveProperty('credential');
  });

  it('finds a secret wherever a client leaks it', async () => {
    const { github, token } = await setUp();
    await get(github, `/repos/${token}/x`);
    await get(github, '/user', undefined, { 'x-anything': token });
    await fetch(`${github.webUrl}/login`, { method: 'POST', body: `text ${btoa(token)}` });
    expect(github.log.withCredential(token)).toHaveLength(3);
    github.log.clear();
    await get(github, '/user');
    expect(github.log.withCredential(token)).toEqual([]);
  });

  it('keeps a body that is not what its type says', async () => {
    const { github } = await setUp();
    const headers = { 'content-type': 'application/json' };
    await fetch(`${github.webUrl}/login`, { method: 'POST', headers, body: '{"cut' });
    expect(github.log.entries).toMatchObject([{ method: 'POST', body: '{"cut' }]);
  });

  it('ends a request that began before it was cleared without a trace', async () => {
    const { github, token } = await setUp();
    const stop = github.onRequest(({ path }) => {
      if (path === '/user') github.log.clear();
    });
    await get(github, '/user', token);
    await get(github, '/zen', token);
    stop();
    expect(github.log.entries).toMatchObject([{ sequence: 2, path: '/zen', status: 200 }]);
  });

  it('finds requests by path and method, and forgets what came before it was cleared', async () => {
    const { github, token } = await setUp();
    await get(github, '/user', token);
    github.log.clear();
    await get(github, '/zen', token);
    await get(github, '/user', token);
    expect(github.log.to('/user')).toMatchObject([{ sequence: 3 }]);
    expect(github.log.to('/user', 'POST')).toEqual([]);
  });

  it('waits for a request to come, or finds the one that came', async () => {
    const { github, token } = await setUp();
    const coming = github.log.waitFor(({ path, status }) => path === '/zen' && status === 200);
    await get(github, '/user', token);
    await get(github, '/zen', token);
    expect(await coming).toMatchObject({ sequence: 2 });
    expect(await github.log.waitFor(({ path }) => path === '/user')).toMatchObject({ sequence: 1 });
  });

  it('passes on what a predicate throws, and goes on answering', async () => {
    const { github, token } = await setUp();
    const waiting = github.log.waitFor(() => {
      throw new Error('mistake in the predicate');
    });
    const failed = expect(waiting).rejects.toThrow('mistake in the predicate');
    expect((await get(github, '/user', token)).status).toBe(200);
    await failed;
  });

  it('stops waiting when told to', async () => {
    const { github } = await setUp();
    const abort = new AbortController();
    const waiting = github.log.waitFor(() => true, { signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });
});

describe('latency', () => {
  it('goes before every answer, on the simulator’s clock', async () => {
    const { world, ada } = acmeWorld();
    const clock = new ManualClock();
    const github = await simulators.start({ world, clock, latency: 50 });
    const token = github.tokens.issue({ kind: 'classic', person: ada });
    const before = clock.now().getTime();
    await get(github, '/user', token);
    github.setLatency(({ path }) => (path === '/zen' ? 7 : 0));
    await get(github, '/user', token);
    await get(github, '/zen', token);
    expect(clock.now().getTime() - before).toBe(57);
  });
});

describe('closing', () => {
  it('breaks connections in the middle of an answer and idle ones at once', async () => {
    const { world } = acmeWorld();
    const github = await startGithubSimulator({ world });
    const idle = await fetch(`${github.webUrl}/`);
    await idle.text();
    github.setLatency(60_000);
    const hanging = expect(get(github, '/zen')).rejects.toThrow('fetch failed');
    await github.log.waitFor(({ path }) => path === '/zen');
    const waiting = expect(github.log.waitFor(() => false)).rejects.toThrow('The simulator was closed');
    await github.close();
    await hanging;
    await waiting;
    await expect(github.log.waitFor(() => false)).rejects.toThrow('closed');
    await expect(fetch(`${github.webUrl}/`)).rejects.toThrow('fetch failed');
  });

  it('ends every wait on its clock', async () => {
    const { world } = acmeWorld();
    const waits: (AbortSignal | undefined)[] = [];
    const clock: Clock = {
      now: () => new Date('2026-11-20T12:00:00Z'),
      sleep: (_ms, signal) => {
        waits.push(signal);
        return new Promise(() => undefined);
      },
    };
    const github = await startGithubSimulator({ world, clock, latency: 1 });
    const hanging = expect(get(github, '/zen')).rejects.toThrow('fetch failed');
    await github.log.waitFor(({ path }) => path === '/zen');
    expect(waits.map((signal) => signal?.aborted)).toEqual([false]);
    await github.close();
    await hanging;
    expect(waits.map((signal) => signal?.aborted)).toEqual([true]);
  });
});

describe('two simulators', () => {
  it('show one world and share neither tokens nor limits', async () => {
    const { world, viewer } = generateWorld({ repositories: 10 });
    const one = await simulators.start({ world });
    const other = await simulators.start({ world, profile: 'enterprise-server' });
    const token = one.tokens.issue({ kind: 'classic', person: viewer });
    expect((await get(one, '/user', token)).status).toBe(200);
    expect((await get(other, '/user', token)).status).toBe(401);
  });
});

describe('the web side', () => {
  it('has pictures for everybody', async () => {
    const { github, ada } = await setUp();
    const response = await fetch(`${github.webUrl}/avatars/u/${ada.id}?v=4`);
    expect(response.headers.get('content-type')).toBe('image/svg+xml');
  });
});
