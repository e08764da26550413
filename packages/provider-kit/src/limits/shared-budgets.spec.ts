import type { BudgetStore, RateBudget } from '@anyforge/core';
import { describe, expect, it } from '@jest/globals';
import { createSharedBudgets, resolveContext } from '../context.js';
import { createFakeClock } from '../testing/fake-clock.js';
import type { Script } from '../testing/scripted-fetch.js';
import { createScriptedFetch } from '../testing/scripted-fetch.js';
import { profile, setUp, user } from '../transport/transport.fixture.js';
import { later, secondary } from './rate-limit.fixture.js';

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
