import type { CallEvent, RateBudget } from '@anyforge/core';
import { describe, expect, it } from '@jest/globals';
import { failureOf, rest, setUp, user } from '../transport/transport.fixture.js';
import { budget, later, search, secondary, start } from './rate-limit.fixture.js';

function countsOf(events: readonly CallEvent[]): readonly number[] {
  return events.flatMap((event) => (event.kind === 'budget' ? [event.budget.remaining] : []));
}

describe('a budget that the forge tells', () => {
  it('is told to the caller and stored', async () => {
    const { fetch, events, context } = setUp([{ headers: budget(4_999, 3_600) }]);
    await fetch(user);
    const told: RateBudget = {
      scope: 'github https://github.com octocat core',
      per: 'credential',
      limit: 5_000,
      remaining: 4_999,
      resetAt: later(3_600_000),
    };
    expect(events).toContainEqual({ kind: 'budget', budget: told });
    expect(await context.budgets.read(told.scope)).toEqual(told);
  });

  it('has the next request wait for its reset when it is used up', async () => {
    const { fetch, clock, events, requests } = setUp([{ headers: budget(0, 45) }, { body: {} }]);
    await fetch(user);
    const second = clock.run(fetch(user));
    await second;
    expect(clock.now()).toEqual(later(45_000));
    expect(requests).toHaveLength(2);
    expect(events).toContainEqual({
      kind: 'waiting',
      until: later(45_000),
      scope: 'github https://github.com octocat core',
    });
  });

  it('throws instead of a wait that is longer than the caller allows, and sends nothing', async () => {
    const { fetch, transport, requests } = setUp([{ headers: budget(0, 3_600) }]);
    await fetch(user);
    for (const maxWaitMs of [undefined, 0, 3_599_999]) {
      const failure = await failureOf(transport.fetch({ maxWaitMs })(user));
      expect(failure.kind).toBe('rate_limited');
      expect(failure.details.retryAt).toEqual(later(3_600_000));
      expect(failure.details.repair?.text).toBe('Try again in 60 minutes.');
    }
    expect(requests).toHaveLength(1);
  });

  it('closes nothing but its own bucket', async () => {
    const { fetch, clock, requests } = setUp([{ headers: budget(0, 3_600, 'search') }, { body: {} }]);
    await fetch(search);
    await clock.run(fetch(user));
    expect(requests).toHaveLength(2);
    expect((await failureOf(fetch(search))).kind).toBe('rate_limited');
  });

  it('is over once its reset has passed', async () => {
    const { fetch, clock, requests } = setUp([{ headers: budget(0, 45) }, { body: {} }]);
    await fetch(user);
    await clock.advance(45_000);
    await fetch(user);
    expect(requests).toHaveLength(2);
  });

  it('resets by the clock of the forge', async () => {
    const ahead = new Date(start + 7_200_000).toUTCString();
    const { fetch, clock } = setUp([{ headers: { ...budget(0, 7_245), date: ahead } }, { body: {} }]);
    await fetch(user);
    await clock.run(fetch(user));
    expect(clock.now()).toEqual(later(45_000));
  });

  it('keeps the lowest count of a window, in whatever order answers arrive', async () => {
    const { fetch, events } = setUp([{ headers: budget(10, 60) }, { headers: budget(11, 60) }]);
    await fetch(user);
    await fetch(user);
    expect(countsOf(events)).toEqual([10, 10]);
  });

  it('is not run over by callers in parallel', async () => {
    let sent = 0;
    const { fetch, clock } = setUp(() => {
      sent += 1;
      const inWindow = clock.now().getTime() < start + 30_000;
      return { headers: budget(inWindow ? Math.max(0, 4 - sent) : 5_000, inWindow ? 30 : 3_630) };
    });
    await fetch(user);
    const rest = Promise.all(Array.from({ length: 10 }, () => fetch(user)));
    await clock.advance(29_999);
    expect(sent).toBe(4);
    await clock.run(rest);
    expect(sent).toBe(11);
  });

  it('is read from a store that other processes write to', async () => {
    const { fetch, context, requests } = setUp([]);
    const scope = 'github https://github.com octocat core';
    const used: RateBudget = {
      scope,
      per: 'credential',
      limit: 5_000,
      remaining: 0,
      resetAt: later(3_600_000),
    };
    await context.budgets.write(scope, used);
    expect((await failureOf(fetch(user))).details.retryAt).toEqual(later(3_600_000));
    expect(requests).toHaveLength(0);
  });

  it('does without headers that are absent or no numbers', async () => {
    const { fetch, events } = setUp([
      {},
      { headers: { ...budget(0, 60), 'x-ratelimit-limit': 'unlimited' } },
      {},
    ]);
    for (let count = 0; count < 3; count += 1) await fetch(user);
    expect(events.every(({ kind }) => kind === 'request')).toBe(true);
  });

  it('takes what is told of a window that has ended for old, and what is told of a new one from its begin', async () => {
    const { fetch, clock, events } = setUp([
      { headers: budget(10, 3_600) },
      { headers: budget(0, -30) },
      { headers: budget(4_999, 7_200) },
      { headers: budget(4_998, 7_200) },
    ]);
    for (let count = 0; count < 3; count += 1) await fetch(user);
    await clock.advance(3_600_000);
    await fetch(user);
    expect(countsOf(events)).toEqual([10, 10, 10, 4_998]);
  });

  it('goes on being counted after an answer that was long on the way', async () => {
    const late = { date: new Date(start - 20_000).toUTCString() };
    const { fetch, events } = setUp([
      { headers: budget(4_000, 3_600) },
      { headers: { ...budget(4_001, 3_600), ...late } },
      { headers: { ...budget(3_999, 3_600), ...late } },
      { headers: budget(3_998, 3_600) },
    ]);
    for (let count = 0; count < 4; count += 1) await fetch(user);
    expect(countsOf(events)).toEqual([4_000, 4_000, 3_999, 3_998]);
  });

  it('resets when it was told to, however long the body of the answer took', async () => {
    const { fetch, clock, events } = setUp(() => {
      const body = new ReadableStream({
        async pull(controller) {
          await clock.advance(20_000);
          controller.close();
        },
      });
      return new Response(body, { headers: { ...budget(10, 3_600), date: new Date(start).toUTCString() } });
    });
    await fetch(user);
    expect(clock.now()).toEqual(later(20_000));
    expect(events).toContainEqual({
      kind: 'budget',
      budget: expect.objectContaining({ remaining: 10, resetAt: later(3_600_000) }),
    });
  });

  it('closes for a day at most, whatever is told', async () => {
    const { fetch, transport } = setUp([{ headers: budget(0, 40 * 86_400) }]);
    await fetch(user);
    const failure = await failureOf(transport.fetch({ maxWaitMs: 0 })(user));
    expect(failure.details.retryAt).toEqual(later(86_400_000));
  });

  it('is as low as the lower of what this process and the others know', async () => {
    const { fetch, clock, context, requests } = setUp([{ headers: budget(4_999, 3_600) }]);
    await fetch(user);
    await clock.advance(500);
    const scope = 'github https://github.com octocat core';
    const resetAt = later(3_600_000);
    await context.budgets.write(scope, { scope, per: 'credential', limit: 5_000, remaining: 0, resetAt });
    expect((await failureOf(fetch(user))).details.retryAt).toEqual(resetAt);
    expect(requests).toHaveLength(1);
  });

  it.each(['', 'a core', 'core/../search', 'x'.repeat(41)])(
    'is that of the bucket that was foreseen where the forge names it "%s"',
    async (resource) => {
      const { fetch, events } = setUp([{ headers: budget(4_999, 3_600, resource) }]);
      await fetch(user);
      expect(events).toContainEqual({
        kind: 'budget',
        budget: expect.objectContaining({ scope: 'github https://github.com octocat core' }),
      });
    },
  );

  it('lets waiting requests out a little apart after its reset', async () => {
    const { fetch, clock } = setUp([{ headers: budget(0, 45) }, {}], {}, () => 0.5);
    await fetch(user);
    await clock.run(fetch(user));
    expect(clock.now()).toEqual(later(45_500));
  });

  describe('and that requests in flight may use up', () => {
    /** Two requests are left, and two are in flight that will turn out to cost nothing. */
    async function lastTwo() {
      const release: (() => void)[] = [];
      const free = { status: 304, headers: budget(2, 3_600) };
      const setting = setUp(async ({ url }, index) => {
        if (url === search) return { ...secondary, headers: { 'retry-after': '70' } };
        if (index === 1 || index === 2) await new Promise<void>((resolve) => release.push(resolve));
        return index === 0 ? { headers: budget(2, 3_600) } : free;
      });
      await setting.fetch(user);
      const inFlight = Promise.all([setting.fetch(user), setting.fetch(user)]);
      await rest();
      return { ...setting, inFlight, release };
    }

    it('lets the next one out as soon as one of them has left it room', async () => {
      const { fetch, requests, release, inFlight, clock, events } = await lastTwo();
      const third = fetch(user);
      await rest();
      expect(requests).toHaveLength(3);
      release[0]?.();
      expect((await third).status).toBe(304);
      expect(clock.now()).toEqual(later(0));
      expect(events.map(({ kind }) => kind)).not.toContain('waiting');
      release[1]?.();
      await inFlight;
      await rest();
      expect(clock.sleeps).toEqual([]);
    });

    it('has the next one wait for them no longer than the caller allows', async () => {
      const { transport, requests, release, inFlight, clock } = await lastTwo();
      const third = failureOf(transport.fetch({ maxWaitMs: 5_000 })(user));
      await clock.advance(5_000);
      expect((await third).details.retryAt).toEqual(later(3_600_000));
      expect(requests).toHaveLength(3);
      for (const end of release) end();
      await inFlight;
    });

    it('has nobody wait for them where time has to pass anyway', async () => {
      const { fetch, requests, release, inFlight } = await lastTwo();
      await failureOf(fetch(search, { method: 'POST' }));
      expect((await failureOf(fetch(user))).details.retryAt).toEqual(later(70_000));
      expect(requests).toHaveLength(4);
      for (const end of release) end();
      await inFlight;
    });

    it('lets go of a caller who has enough of waiting for them', async () => {
      const { transport, release, inFlight, clock } = await lastTwo();
      const controller = new AbortController();
      const third = transport.fetch({ signal: controller.signal })(user);
      third.catch(() => undefined);
      await rest();
      controller.abort('enough');
      await expect(third).rejects.toBe('enough');
      for (const end of release) end();
      await inFlight;
      await rest();
      expect(clock.sleeps).toEqual([]);
    });
  });
});
