import type { RateBudget } from '@anyforge/core';
import { describe, expect, it } from '@jest/globals';
import type { ScriptedAnswer } from '../testing/scripted-fetch.js';
import { createTransport } from '../transport/transport.js';
import { failureOf, profile, setUp, user } from '../transport/transport.fixture.js';

const start = new Date('2026-11-20T12:00:00Z').getTime();
const search = 'https://api.github.com/search/repositories';

/** GitHub's headers of the primary limit, resetting so many seconds after noon. */
function budget(remaining: number, resetInSeconds: number, resource = 'core'): Record<string, string> {
  return {
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(start / 1_000 + resetInSeconds),
    'x-ratelimit-resource': resource,
  };
}

function later(ms: number): Date {
  return new Date(start + ms);
}

const secondary: ScriptedAnswer = {
  status: 403,
  body: { message: 'You have exceeded a secondary rate limit. Please wait a few minutes.' },
};

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
      expect(failure.details.repair?.text).toContain('2026-11-20T13:00:00.000Z');
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
    const counts = events.flatMap((event) => (event.kind === 'budget' ? [event.budget.remaining] : []));
    expect(counts).toEqual([10, 10]);
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
});

describe('a limited answer', () => {
  it('is asked again after Retry-After', async () => {
    const { fetch, clock, events, requests } = setUp([
      { status: 429, headers: { 'retry-after': '17' } },
      { body: {} },
    ]);
    await clock.run(fetch(user));
    expect(clock.now()).toEqual(later(17_000));
    expect(requests).toHaveLength(2);
    expect(events.map(({ kind }) => kind)).toEqual(['request', 'retry', 'waiting', 'request']);
  });

  it('is asked again after the reset where the budget is used up', async () => {
    const { fetch, clock } = setUp([{ status: 403, headers: budget(0, 50) }, { body: {} }]);
    await clock.run(fetch(user));
    expect(clock.now()).toEqual(later(50_000));
  });

  it('that names no time closes the account for a minute, then for two', async () => {
    const { transport, clock } = setUp([secondary, secondary, { body: {} }]);
    await clock.run(transport.fetch({ maxWaitMs: 120_000 })(user));
    expect(clock.now()).toEqual(later(180_000));
  });

  it('begins with the first wait again after a request was let through', async () => {
    const { fetch, clock } = setUp([secondary, {}, secondary, {}]);
    await clock.run(fetch(user));
    await clock.run(fetch(user));
    expect(clock.now()).toEqual(later(120_000));
  });

  it('counts once however many requests were refused together', async () => {
    const { fetch, clock } = setUp((_, index) => (index < 10 ? secondary : {}));
    await clock.run(Promise.all(Array.from({ length: 10 }, () => fetch(user))));
    expect(clock.now()).toEqual(later(60_000));
  });

  it('holds back every other request of the account, and nobody else', async () => {
    const { transport, context, fetch, clock, requests } = setUp([secondary, {}, {}, {}]);
    const other = createTransport({
      provider: 'github',
      origins: ['https://github.com', 'https://api.github.com'],
      profile,
      context,
      key: 'hubot',
    });
    const first = transport.fetch({ maxWaitMs: 60_000 })(user);
    await clock.sleeping(60_000);
    const second = fetch(search);
    await other.fetch()(user);
    expect(requests).toHaveLength(2);
    await clock.run(Promise.all([first, second]));
    expect(requests).toHaveLength(4);
    expect(clock.now()).toEqual(later(60_000));
  });

  it('throws with the time to come back when the wait is too long', async () => {
    const { fetch, requests } = setUp([{ ...secondary, headers: { 'retry-after': '600' } }]);
    const failure = await failureOf(fetch(user));
    expect(failure.kind).toBe('rate_limited');
    expect(failure.details).toMatchObject({ status: 403, retryAt: later(600_000) });
    expect(failure.details.repair?.text).toContain('Try again after');
    expect(requests).toHaveLength(1);
  });

  it('tells a POST when to come back as well', async () => {
    const { fetch } = setUp([secondary]);
    const failure = await failureOf(fetch(user, { method: 'POST', body: '{}' }));
    expect(failure.details.retryAt).toEqual(later(60_000));
  });

  it('ends a wait early when the call is aborted', async () => {
    const { transport, clock, requests } = setUp([secondary]);
    const controller = new AbortController();
    const answer = transport.fetch({ signal: controller.signal })(user);
    answer.catch(() => undefined);
    await clock.sleeping(60_000);
    controller.abort('enough');
    await expect(answer).rejects.toBe('enough');
    await clock.advance(120_000);
    expect(requests).toHaveLength(1);
  });

  it('is not asked again before its time, whatever was known of the budget', async () => {
    const refused = { status: 403, headers: { ...budget(0, 3_000), 'retry-after': '30' } };
    const { fetch, clock, requests } = setUp([{ headers: budget(4_990, 3_000) }, refused, {}]);
    await fetch(user);
    await clock.run(fetch(user));
    expect(clock.now()).toEqual(later(30_000));
    expect(requests).toHaveLength(3);
  });

  it('closes nothing but its own bucket where that is used up', async () => {
    const refused = { status: 403, headers: { ...budget(0, 3_000, 'search'), 'retry-after': '600' } };
    const { fetch, requests } = setUp([refused, {}]);
    await failureOf(fetch(search));
    await fetch(user);
    await failureOf(fetch(search));
    expect(requests).toHaveLength(2);
  });

  it('closes the account where it was counted on another bucket than was foreseen', async () => {
    const refused = { status: 403, headers: budget(0, 50, 'code_scanning') };
    const { fetch, clock, requests } = setUp([refused, {}]);
    await clock.run(fetch(user));
    expect(clock.now()).toEqual(later(50_000));
    expect(requests).toHaveLength(2);
  });

  it('is not asked for ever', async () => {
    const { fetch, requests, clock } = setUp(() => ({ status: 429, headers: { 'retry-after': '0' } }));
    expect((await failureOf(clock.run(fetch(user)))).kind).toBe('rate_limited');
    expect(requests).toHaveLength(11);
  });
});
