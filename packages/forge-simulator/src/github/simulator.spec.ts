import { afterEach, describe, expect, it } from '@jest/globals';
import { hashCredential } from '../http/message.js';
import { generateWorld } from '../world/generate.js';
import { acmeWorld, get, ManualClock, Simulators } from './acme.fixture.js';
import { startGithubSimulator } from './simulator.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

async function setUp() {
  const company = acmeWorld();
  const github = await simulators.start({ world: company.world });
  const token = github.tokens.issue({ kind: 'classic', person: company.ada });
  return { ...company, github, token };
}

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
    await github.close();
    await hanging;
    await expect(fetch(`${github.webUrl}/`)).rejects.toThrow('fetch failed');
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
