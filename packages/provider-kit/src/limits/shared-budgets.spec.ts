import type { BudgetStore, RateBudget } from '@anyforge/core';
import { describe, expect, it } from '@jest/globals';
import { createSharedBudgets, resolveContext } from '../context.js';
import { createMemoryBudgets } from './memory-budgets.js';
import { createFakeClock } from '../testing/fake-clock.js';
import type { Script } from '../testing/scripted-fetch.js';
import { createScriptedFetch } from '../testing/scripted-fetch.js';
import type { Transport } from '../transport/transport.js';
import { failureOf, profile, setUp, user } from '../transport/transport.fixture.js';
import { budget, later, secondary } from './rate-limit.fixture.js';

/** Two providers of one forge, as two calls of `create()` make them, with one account. */
function two(script: Script) {
  const clock = createFakeClock();
  const { fetch, requests } = createScriptedFetch(script);
  const budgets = createSharedBudgets({ clock });
  const pacing = [{ scope: 'points', limit: 9, windowMs: 60_000, per: 'credential' as const, cost: () => 1 }];
  const create = (): typeof globalThis.fetch => {
    const context = { ...resolveContext({ fetch, clock, budgets }), random: () => 0 };
    const limits = { ...profile.limits, pacing };
    return setUp([], { context, profile: { ...profile, limits } }).transport.fetch();
  };
  return { clock, requests, one: create(), other: create() };
}

/** Two processes, each with what it knows itself, and one store. The account has tasks in both. */
function twoProcesses(script: Script) {
  const clock = createFakeClock();
  const { fetch, requests } = createScriptedFetch(script);
  const store = createMemoryBudgets(clock);
  const create = (): Transport => {
    const budgets = createSharedBudgets({ clock, store });
    const context = { ...resolveContext({ fetch, clock, budgets }), random: () => 0 };
    return setUp([], { context }).transport;
  };
  return { clock, requests, one: create(), other: create() };
}

describe('processes that share a store', () => {
  it('wait once, not each its own time, when one of them is refused', async () => {
    const { clock, requests, one, other } = twoProcesses(() =>
      clock.now() < later(60_000) ? secondary : {},
    );
    const tasks = [one.fetch()(user)];
    await clock.sleeping(60_000);
    await clock.advance(20_000);
    tasks.push(other.fetch()(user), other.fetch({ background: true })(user), one.fetch()(user));
    await clock.advance(39_999);
    expect(requests).toHaveLength(1);
    await clock.run(Promise.all(tasks));
    expect(clock.now()).toEqual(later(60_000));
    expect(requests).toHaveLength(5);
  });

  it('come back together when both were refused at once', async () => {
    const { clock, requests, one, other } = twoProcesses(() =>
      clock.now() < later(60_000) ? secondary : {},
    );
    await clock.run(Promise.all([one.fetch()(user), other.fetch()(user)]));
    expect(clock.now()).toEqual(later(60_000));
    expect(requests).toHaveLength(4);
  });

  it('have what is left of a budget leave room for people in both', async () => {
    const { requests, one, other } = twoProcesses([{ headers: budget(400, 3_600) }, {}]);
    await one.fetch()(user);
    const failure = await failureOf(other.fetch({ background: true })(user));
    expect(failure.details.retryAt).toEqual(later(3_600_000));
    await other.fetch()(user);
    expect(requests).toHaveLength(2);
  });

  it('ask the store for each limit once in half a second, and write what is news only', async () => {
    const clock = createFakeClock();
    const asked: string[] = [];
    const written: string[] = [];
    const store: BudgetStore = {
      read: async (scope) => void asked.push(scope),
      write: async (scope) => void written.push(scope),
    };
    const { fetch } = createScriptedFetch((_, index) => ({ headers: budget(5_000 - index, 3_600) }));
    const context = resolveContext({ fetch, clock, budgets: createSharedBudgets({ clock, store }) });
    const send = setUp([], { context }).transport.fetch();
    for (let page = 0; page < 100; page += 1) await send(user);
    expect(asked).toHaveLength(3);
    expect(written).toHaveLength(2);
  });
});

describe('providers that share their budgets', () => {
  it('stay away together when one of them is refused', async () => {
    const { clock, requests, one, other } = two([secondary, {}, {}]);
    const first = one(user);
    await clock.sleeping(60_000);
    const second = other(user);
    await clock.advance(59_999);
    expect(requests).toHaveLength(1);
    await clock.run(Promise.all([first, second]));
    expect(clock.now()).toEqual(later(60_000));
  });

  it('pace themselves together, to the last request', async () => {
    const { clock, requests, one, other } = two(() => ({}));
    const all = Promise.all(Array.from({ length: 18 }, (_, index) => (index % 2 === 0 ? one : other)(user)));
    await clock.advance(59_999);
    expect(requests).toHaveLength(9);
    await clock.run(all);
  });

  it('share with other processes through the store that was given', async () => {
    const stored = new Map<string, RateBudget>();
    const store: BudgetStore = {
      read: async (scope) => stored.get(scope),
      write: async (scope, budget) => void stored.set(scope, budget),
    };
    const budgets = createSharedBudgets({ store });
    const budget: RateBudget = { scope: 'core', per: 'credential', limit: 1, remaining: 1 };
    await budgets.write('core', budget);
    expect(stored.get('core')).toBe(budget);
    expect(await budgets.read('core')).toBe(budget);
  });
});
