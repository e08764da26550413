import { afterEach, describe, expect, it } from '@jest/globals';
import type { FaultEffect } from '../http/faults.js';
import { pluck } from '../http/asking.fixture.js';
import { ManualClock } from '../http/manual-clock.fixture.js';
import { acmeWorld, get, Simulators } from './acme.fixture.js';
import { secondaryLimitFault } from './limit-refusals.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

async function setUp() {
  const company = acmeWorld();
  const clock = new ManualClock();
  const github = await simulators.start({ world: company.world, clock });
  const token = github.tokens.issue({ kind: 'classic', person: company.ada, scopes: ['repo'] });
  return { ...company, clock, github, token };
}

describe('a fault', () => {
  it('spoils the request it was scripted for and no other', async () => {
    const { github, token } = await setUp();
    const fault = github.faults.add({
      match: { method: 'get', path: /^\/user\/repos/, query: { page: '2' }, nth: 2 },
      times: 2,
      effect: { kind: 'respond', status: 500 },
    });
    const statuses: number[] = [];
    for (const path of ['/user', '/user/repos', ...Array<string>(4).fill('/user/repos?page=2')])
      statuses.push((await get(github, path, token)).status);
    expect(statuses).toEqual([200, 200, 200, 500, 500, 200]);
    expect(fault.hits).toBe(2);
  });

  it('matches every request with a global expression', async () => {
    const { github, token } = await setUp();
    github.faults.add({
      match: { path: /\/user/g },
      times: 3,
      effect: { kind: 'respond', status: 500 },
    });
    const statuses: number[] = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await get(github, '/user', token)).status);
    expect(statuses).toEqual([500, 500, 500, 200]);
  });

  it('leaves the next one its turn when two match', async () => {
    const { github, token } = await setUp();
    github.faults.add({ effect: { kind: 'respond', status: 500 } });
    github.faults.add({ effect: { kind: 'respond', status: 501 } });
    const statuses: number[] = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await get(github, '/user', token)).status);
    expect(statuses).toEqual([500, 501, 200]);
  });

  it('is gone once removed, and all are once cleared', async () => {
    const { github, token } = await setUp();
    github.faults.add({ times: Infinity, effect: { kind: 'html-page' } }).remove();
    expect((await get(github, '/user', token)).status).toBe(200);
    github.faults.add({ times: Infinity, effect: { kind: 'html-page' } });
    expect((await get(github, '/user', token)).status).toBe(502);
    github.faults.clear();
    expect((await get(github, '/user', token)).status).toBe(200);
  });

  it('answers with any status, headers and body', async () => {
    const { github, token } = await setUp();
    const effect: FaultEffect = {
      kind: 'respond',
      status: 429,
      headers: { 'retry-after': '7' },
      body: { message: 'slow down' },
    };
    github.faults.add({ effect });
    const reply = await get(github, '/user', token);
    expect([reply.status, reply.headers.get('retry-after'), reply.body]).toEqual([
      429,
      '7',
      { message: 'slow down' },
    ]);
  });

  it('answers with an HTML page of a proxy', async () => {
    const { github, token } = await setUp();
    github.faults.add({ effect: { kind: 'html-page' } });
    const reply = await get(github, '/user', token);
    expect(reply.headers.get('content-type')).toMatch('text/html');
    expect(reply.text).toMatch('<!DOCTYPE html>');
  });

  it('resets the connection', async () => {
    const { github, token } = await setUp();
    github.faults.add({ effect: { kind: 'reset' } });
    await expect(get(github, '/user', token)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    const entry = await github.log.waitFor(({ outcome }) => outcome !== 'pending');
    expect(entry).toMatchObject({ outcome: 'broken' });
    expect(entry.status).toBeUndefined();
  });

  it.each([{}, { bytes: 0 }, { bytes: 10 }])('breaks the body off %p', async (extent) => {
    const { github, token } = await setUp();
    github.faults.add({ effect: { kind: 'cut-body', ...extent } });
    await expect(get(github, '/user', token)).rejects.toThrow('terminated');
  });

  it('stops JSON in the middle of a complete answer', async () => {
    const { github, token } = await setUp();
    github.faults.add({ effect: { kind: 'cut-json' } });
    await expect(get(github, '/user', token)).rejects.toThrow(SyntaxError);
    expect(github.log.entries).toMatchObject([{ status: 200, outcome: 'answered' }]);
  });

  it('drips the body, whole in the end', async () => {
    const { clock, github, token } = await setUp();
    const before = clock.now().getTime();
    github.faults.add({ effect: { kind: 'slow-body', chunkBytes: 100, delayMs: 1000 } });
    const reply = await get(github, '/user', token);
    expect(reply.body).toMatchObject({ login: 'ada' });
    expect(clock.now().getTime() - before).toBe(Math.ceil(reply.text.length / 100) * 1000);
  });

  it.each(['hang-before-headers', 'hang-after-headers'] as const)(
    'hangs (%s) until the client leaves',
    async (kind) => {
      const { github, token } = await setUp();
      github.faults.add({ effect: { kind } });
      const abort = new AbortController();
      const headers = { authorization: `Bearer ${token}` };
      const response = fetch(`${github.apiUrl}/user`, { headers, signal: abort.signal });
      if (kind === 'hang-after-headers') expect((await response).status).toBe(200);
      else await github.log.waitFor(({ path }) => path === '/user');
      const body = response.then((received) => received.text());
      abort.abort();
      await expect(body).rejects.toThrow('aborted');
      expect(await github.log.waitFor(({ outcome }) => outcome === 'broken')).toMatchObject({ sequence: 1 });
    },
  );

  it('delays an answer on the simulator’s clock', async () => {
    const { clock, github, token } = await setUp();
    const before = clock.now().getTime();
    github.faults.add({ effect: { kind: 'delay', ms: 5000 } });
    await get(github, '/user', token);
    expect(clock.now().getTime() - before).toBe(5000);
  });

  it('redirects anywhere', async () => {
    const { github, token } = await setUp();
    github.faults.add({ effect: { kind: 'redirect', location: 'http://elsewhere.example/', status: 307 } });
    const reply = await get(github, '/user', token);
    expect([reply.status, reply.headers.get('location')]).toEqual([307, 'http://elsewhere.example/']);
  });

  it('makes another address the next page, and keeps the other links', async () => {
    const { github, token } = await setUp();
    github.faults.add({ effect: { kind: 'next-link', url: 'http://elsewhere.example/?page=2' } });
    const link = (await get(github, '/user/repos?per_page=2', token)).headers.get('link');
    expect(link).toBe(
      '<http://elsewhere.example/?page=2>; rel="next", ' +
        `<${github.apiUrl}/user/repos?per_page=2&page=2>; rel="last", ` +
        '<https://docs.github.com/en/rest/about-the-rest-api/api-versions>; rel="deprecation"; type="text/html"',
    );
  });

  it('makes a page its own next page', async () => {
    const { github, token } = await setUp();
    github.faults.add({ effect: { kind: 'link-loop' } });
    const link = (await get(github, '/user/repos?per_page=2&page=2', token)).headers.get('link');
    expect(link).toContain(`<${github.apiUrl}/user/repos?per_page=2&page=2>; rel="next"`);
  });

  it('adds headers to an answer and edits it', async () => {
    const { github, token } = await setUp();
    github.faults.add({ effect: { kind: 'add-headers', headers: { sunset: 'tomorrow' } } });
    github.faults.add({
      effect: {
        kind: 'edit',
        edit: (response) => ({ ...response, body: response.body.replace('ada', 'bob') }),
      },
    });
    const first = await get(github, '/user', token);
    expect(first.headers.get('sunset')).toBe('tomorrow');
    expect(first.body).toMatchObject({ login: 'ada' });
    expect((await get(github, '/user', token)).body).toMatchObject({ login: 'bob' });
  });

  it('revokes a token in the middle of a listing', async () => {
    const { github, token } = await setUp();
    github.faults.add({
      match: { path: '/user/repos', query: { page: '2' } },
      effect: {
        kind: 'run',
        action: () => {
          github.tokens.revoke(token);
        },
      },
    });
    expect((await get(github, '/user/repos?per_page=2', token)).status).toBe(200);
    expect((await get(github, '/user/repos?per_page=2&page=2', token)).status).toBe(401);
  });

  it.each([
    [undefined, 403, '60'],
    [{ retryAfter: null }, 403, null],
    [{ retryAfter: 3, status: 429 }, 429, '3'],
    [{ retryAfter: new Date('2026-11-20T12:00:30Z') }, 403, 'Fri, 20 Nov 2026 12:00:30 GMT'],
  ] as const)('answers as a secondary limit does with %p', async (options, status, retryAfter) => {
    const { github, token } = await setUp();
    github.faults.add({ effect: secondaryLimitFault(options) });
    const reply = await get(github, '/user', token);
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([status, retryAfter]);
    expect(reply.text).toMatch('You have exceeded a secondary rate limit');
  });

  it("answers a secondary limit with the forge's own headers, the hourly budget untouched", async () => {
    const { clock, github, token } = await setUp();
    github.faults.add({ effect: secondaryLimitFault() });
    const { headers, text } = await get(github, '/user/repos?per_page=1', token);
    expect(Number(headers.get('x-ratelimit-remaining'))).toBe(4999);
    expect(Number(headers.get('x-ratelimit-reset'))).toBe(clock.now().getTime() / 1000 + 3600);
    const requestId = headers.get('x-github-request-id') ?? '';
    expect(requestId).toMatch(/^[0-9A-F]{4}:/);
    expect(text).toContain(`the request ID ${requestId} and timestamp 2026-11-20 12:00:00 UTC`);
    for (const name of ['etag', 'link', 'last-modified', 'cache-control'])
      expect([name, headers.has(name)]).toEqual([name, false]);
  });
});

describe('a request hook', () => {
  it('moves items between pages while a listing is read', async () => {
    const { world, github, token, api } = await setUp();
    const stop = github.onRequest(({ query }) => {
      if (query['page'] === '2') world.deleteRepository(api);
    });
    const first = await get(github, '/user/repos?per_page=2', token);
    const second = await get(github, '/user/repos?per_page=2&page=2', token);
    expect(pluck(first.body, 'name')).toEqual(['api', 'inner']);
    expect(pluck(second.body, 'name')).toEqual(['notes']);
    stop();
  });

  it('that throws shows in the answer, not as a broken simulator', async () => {
    const { github, token } = await setUp();
    const stop = github.onRequest(() => {
      throw new Error('mistake in the test');
    });
    const reply = await get(github, '/user', token);
    expect([reply.status, reply.text]).toEqual([500, expect.stringContaining('mistake in the test')]);
    expect(github.log.entries).toMatchObject([{ status: 500, outcome: 'answered' }]);
    stop();
    expect((await get(github, '/user', token)).status).toBe(200);
  });
});
