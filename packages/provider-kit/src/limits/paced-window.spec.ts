import type { BudgetStore, CallOptions, RateBudget } from '@anyforge/core';
import { describe, expect, it } from '@jest/globals';
import { resolveContext } from '../context.js';
import { createFakeClock } from '../testing/fake-clock.js';
import { createScriptedFetch } from '../testing/scripted-fetch.js';
import type { LimitProfile } from '../transport/profile.js';
import { createMemoryBudgets } from './memory-budgets.js';
import { createTransport } from '../transport/transport.js';
import { profile, user } from '../transport/transport.fixture.js';

const start = new Date('2026-11-20T12:00:00Z').getTime();

describe('a limit that the forge does not tell', () => {
  const limits: LimitProfile = {
    pacing: [
      {
        scope: 'points',
        limit: 9,
        windowMs: 60_000,
        per: 'credential',
        cost: (method) => (method === 'GET' ? 1 : 5),
      },
      {
        scope: 'members',
        limit: 2,
        windowMs: 60_000,
        per: 'credential',
        cost: () => 1,
        appliesTo: (_, url) => url.pathname.endsWith('/members/all'),
      },
    ],
    fallbackWaitMs: 60_000,
  };

  function paced(
    overrides: {
      readonly budgets?: BudgetStore;
      readonly keys?: readonly [string, string];
      readonly limits?: LimitProfile;
    } = {},
  ) {
    const clock = createFakeClock();
    const sentAt: number[] = [];
    const { fetch } = createScriptedFetch(() => {
      sentAt.push(clock.now().getTime() - start);
      return { body: {} };
    });
    const context = { ...resolveContext({ fetch, clock, budgets: overrides.budgets }), random: () => 0 };
    const transports = (overrides.keys ?? ['octocat', 'octocat']).map((key) =>
      createTransport({
        provider: 'github',
        origins: ['https://api.github.com'],
        profile: { ...profile, limits: overrides.limits ?? limits },
        context,
        key,
      }),
    );
    const send = (index: number, url = user, method = 'GET', call: CallOptions = {}): Promise<Response> =>
      transports[index % 2]?.fetch(call)(url, { method }) ?? Promise.reject(new Error('no transport'));
    return { clock, sentAt, send };
  }

  it('is kept by parallel callers of two sessions together', async () => {
    const { clock, sentAt, send } = paced();
    await clock.run(Promise.all(Array.from({ length: 20 }, (_, index) => send(index))));
    expect(sentAt.filter((at) => at === 0)).toHaveLength(9);
    expect(sentAt.filter((at) => at === 60_000)).toHaveLength(9);
    expect(sentAt).toHaveLength(20);
  });

  it('is kept in every window of its length, not only in those that begin with a request', async () => {
    const { clock, sentAt, send } = paced();
    await send(0);
    await clock.advance(58_000);
    const burst = Array.from({ length: 20 }, (_, index) => send(index));
    await clock.run(Promise.all(burst));
    for (const from of sentAt) {
      expect(sentAt.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(9);
    }
  });

  it('counts what each method costs', async () => {
    const { clock, sentAt, send } = paced();
    await clock.run(Promise.all([send(0, user, 'POST'), send(0, user, 'POST'), send(0)]));
    expect(sentAt).toEqual([0, 0, 60_000]);
  });

  it('counts for the requests it applies to only', async () => {
    const { clock, sentAt, send } = paced();
    const all = 'https://api.github.com/projects/1/members/all';
    await clock.run(Promise.all([send(0, all), send(0, all), send(0, all), send(0)]));
    expect(sentAt).toEqual([0, 0, 0, 60_000]);
  });

  it('belongs to one account', async () => {
    const { sentAt, send } = paced({ keys: ['octocat', 'hubot'] });
    await Promise.all(Array.from({ length: 18 }, (_, index) => send(index)));
    expect(sentAt).toHaveLength(18);
  });

  it('belongs to all accounts at one address where the forge counts so', async () => {
    const perAddress = limits.pacing.map((rule) => ({ ...rule, per: 'address' as const }));
    const { clock, sentAt, send } = paced({
      keys: ['octocat', 'hubot'],
      limits: { ...limits, pacing: perAddress },
    });
    await clock.run(Promise.all(Array.from({ length: 10 }, (_, index) => send(index))));
    expect(sentAt).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 60_000]);
  });

  it('takes into account what other processes have spent', async () => {
    const stored = new Map<string, RateBudget>();
    const budgets: BudgetStore = {
      read: async (scope) => stored.get(scope),
      write: async (scope, written) => void stored.set(scope, written),
    };
    const one = paced({ budgets });
    const other = paced({ budgets });
    for (let count = 0; count < 6; count += 1) await one.send(0);
    await other.clock.run(Promise.all(Array.from({ length: 5 }, () => other.send(0))));
    expect(other.sentAt).toEqual([0, 0, 0, 60_000, 60_000]);
  });

  it('leaves people their part of what other processes know to be left', async () => {
    const budgets = createMemoryBudgets(createFakeClock());
    const one = paced({ budgets });
    const other = paced({ budgets });
    for (let count = 0; count < 4; count += 1) await one.send(0);
    await expect(other.send(0, user, 'GET', { background: true, maxWaitMs: 0 })).resolves.toBeDefined();
    await expect(other.send(0, user, 'GET', { background: true, maxWaitMs: 0 })).rejects.toMatchObject({
      kind: 'rate_limited',
      message: expect.stringContaining('kept for what people do themselves'),
    });
    await expect(other.send(0, user, 'GET', { maxWaitMs: 0 })).resolves.toBeDefined();
  });

  it('lets others know until when their count holds, from when the first of all was sent', async () => {
    const stored = new Map<string, RateBudget>();
    const budgets: BudgetStore = {
      read: async (scope) => stored.get(scope),
      write: async (scope, written) => void stored.set(scope, written),
    };
    const one = paced({ budgets });
    const other = paced({ budgets });
    await one.send(0);
    await other.clock.advance(20_000);
    await other.send(0);
    const [budget] = stored.values();
    expect(budget).toMatchObject({ remaining: 7, resetAt: new Date(start + 60_000) });
  });

  it('does without a store that fails', async () => {
    const budgets: BudgetStore = {
      read: () => Promise.reject(new Error('down')),
      write: () => {
        throw new Error('down');
      },
    };
    const { clock, sentAt, send } = paced({ budgets });
    await clock.run(Promise.all(Array.from({ length: 10 }, (_, index) => send(index))));
    expect(sentAt.filter((at) => at === 0)).toHaveLength(9);
  });
});
