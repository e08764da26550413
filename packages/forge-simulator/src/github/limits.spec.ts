import { afterEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../http/manual-clock.fixture.js';
import { acmeWorld, get, Simulators } from './acme.fixture.js';
import { githubLimits, Limiter } from './limits.js';
import type { GithubSimulatorOptions } from './simulator.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

async function setUp(limits?: GithubSimulatorOptions['limits']) {
  const clock = new ManualClock();
  const { world, ada, grace } = acmeWorld();
  const github = await simulators.start({ world, clock, ...(limits === undefined ? {} : { limits }) });
  const token = github.tokens.issue({ kind: 'classic', person: ada });
  return { clock, github, token, ada, grace };
}

describe('the hourly limit', () => {
  it('is 5,000 for an account and 60 for an address, told with every answer', async () => {
    const { clock, github, token } = await setUp();
    const reset = String(clock.now().getTime() / 1000 + 3600);
    await get(github, '/user', token);
    const { headers } = await get(github, '/zen', token);
    expect(headers.get('x-ratelimit-limit')).toBe('5000');
    expect(headers.get('x-ratelimit-remaining')).toBe('4998');
    expect(headers.get('x-ratelimit-used')).toBe('2');
    expect(headers.get('x-ratelimit-reset')).toBe(reset);
    expect(headers.get('x-ratelimit-resource')).toBe('core');
    expect((await get(github, '/zen')).headers.get('x-ratelimit-limit')).toBe('60');
  });

  it('is shared by all tokens of an account, and by nobody else', async () => {
    const { github, token, ada, grace } = await setUp();
    await get(github, '/user', token);
    const other = github.tokens.issue({ kind: 'fine-grained', person: ada });
    expect((await get(github, '/user', other)).headers.get('x-ratelimit-used')).toBe('2');
    const stranger = github.tokens.issue({ kind: 'classic', person: grace });
    expect((await get(github, '/user', stranger)).headers.get('x-ratelimit-used')).toBe('1');
  });

  it('refuses once it is spent, until it is reset', async () => {
    const { clock, github, token, ada } = await setUp({ authenticatedPerHour: 2 });
    await get(github, '/user', token);
    await get(github, '/user', token);
    const reply = await get(github, '/user', token);
    expect(reply.status).toBe(403);
    expect(reply.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(reply.headers.has('retry-after')).toBe(false);
    expect(reply.body).toMatchObject({
      message: expect.stringMatching(`^API rate limit exceeded for user ID ${ada.id}\\.`),
    });
    clock.advance(3_600_000);
    expect((await get(github, '/user', token)).status).toBe(200);
  });

  it('is told by /rate_limit, which costs nothing', async () => {
    const { github, token } = await setUp({ authenticatedPerHour: 1 });
    await get(github, '/user', token);
    const reply = await get(github, '/rate_limit', token);
    expect(reply.body).toMatchObject({
      resources: { core: { limit: 1, used: 1, remaining: 0 } },
      rate: { limit: 1 },
    });
    const newer = await get(github, '/rate_limit', token, { 'x-github-api-version': '2026-03-10' });
    expect(newer.body).not.toHaveProperty('rate');
    const unknown = { 'x-github-api-version': '1999-01-01' };
    expect((await get(github, '/rate_limit', undefined, unknown)).status).toBe(200);
    expect((await get(github, '/rate_limit', token, unknown)).status).toBe(400);
  });

  it('is not touched by a 304 to a good credential', async () => {
    const { github, token } = await setUp();
    const first = await get(github, '/user', token);
    const etag = first.headers.get('etag') ?? '';
    const again = await get(github, '/user', token, { 'if-none-match': etag });
    expect([again.status, again.headers.get('x-ratelimit-used')]).toEqual([304, '1']);
    const anonymous = await get(github, '/zen');
    const repeated = await get(github, '/zen', undefined, {
      'if-none-match': anonymous.headers.get('etag') ?? '',
    });
    expect([repeated.status, repeated.headers.get('x-ratelimit-used')]).toEqual([304, '2']);
  });
});

describe('the secondary limits', () => {
  it('refuse more points in a minute, with the hourly budget untouched', async () => {
    const { clock, github, token } = await setUp({ pointsPerMinute: 2 });
    await get(github, '/user', token);
    await get(github, '/user', token);
    clock.advance(20_000);
    const reply = await get(github, '/user', token);
    expect(reply.status).toBe(403);
    expect(reply.headers.get('retry-after')).toBe('40');
    expect(Number(reply.headers.get('x-ratelimit-remaining'))).toBeGreaterThan(0);
    expect(reply.text).toMatch('You have exceeded a secondary rate limit');
    clock.advance(40_000);
    expect((await get(github, '/user', token)).status).toBe(200);
  });

  it('count a write five times, and slide along with the last minute', () => {
    const clock = new ManualClock();
    const limiter = new Limiter({ ...githubLimits, pointsPerMinute: 10 }, clock);
    const take = (method: string) =>
      limiter.takePoints({ key: 'ada', anonymous: false, name: 'user ID 1' }, method);
    expect([take('POST'), take('GET')]).toEqual([undefined, undefined]);
    clock.advance(20_000);
    expect([take('GET'), take('GET'), take('GET')]).toEqual([undefined, undefined, undefined]);
    expect([take('POST'), take('GET'), take('HEAD')]).toEqual([40, undefined, 40]);
    clock.advance(40_000);
    expect([take('POST'), take('GET'), take('GET')]).toEqual([undefined, undefined, 20]);
  });

  it('and all others count nothing of what is refused beforehand', async () => {
    const { github, token } = await setUp({
      authenticatedPerHour: 9,
      anonymousPerHour: 9,
      pointsPerMinute: 9,
    });
    const version = { 'x-github-api-version': '1999-01-01' };
    for (const reply of [
      await get(github, '/nothing/here', token),
      await get(github, '/nothing/here'),
      await get(github, '/user', token, version),
      await get(github, '/user', 'ghp_bad'),
    ])
      for (const name of ['x-ratelimit-used', 'x-github-api-version-selected', 'deprecation'])
        expect([reply.status, name, reply.headers.has(name)]).toEqual([reply.status, name, false]);
    expect((await get(github, '/user', token)).headers.get('x-ratelimit-used')).toBe('1');
    expect((await get(github, '/zen')).headers.get('x-ratelimit-used')).toBe('1');
  });

  it('refuse more requests at one time', async () => {
    const { github, token } = await setUp({ concurrent: 2 });
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const stop = github.onRequest(() => held);
    const first = [get(github, '/user', token), get(github, '/user', token)];
    await github.log.waitFor(({ sequence }) => sequence === 2);
    const crowded = get(github, '/user', token);
    await github.log.waitFor(({ sequence }) => sequence === 3);
    stop();
    release();
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200]);
    const reply = await crowded;
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([403, '60']);
    expect(github.log.peakConcurrency).toBe(3);
    expect((await get(github, '/user', token)).status).toBe(200);
  });

  it('are off, like all limits, when told so', async () => {
    const { github, token } = await setUp('off');
    const reply = await get(github, '/rate_limit', token);
    expect(reply.status).toBe(404);
    expect(reply.headers.has('x-ratelimit-limit')).toBe(false);
  });
});
