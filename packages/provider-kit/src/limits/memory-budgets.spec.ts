import type { RateBudget } from '@anyforge/core';
import { describe, expect, it } from '@jest/globals';
import { createFakeClock } from '../testing/fake-clock.js';
import { createMemoryBudgets } from './memory-budgets.js';
import { later } from './rate-limit.fixture.js';

function left(remaining: number, resetInMs: number): RateBudget {
  return { scope: 'core', per: 'credential', limit: 100, remaining, resetAt: later(resetInMs) };
}

describe('a budget store in memory', () => {
  it('heeds no count that is older than the one it has, until that has ended', async () => {
    const clock = createFakeClock();
    const budgets = createMemoryBudgets(clock);
    await budgets.write('core', left(10, 60_000));
    await budgets.write('core', left(11, 61_000));
    expect(await budgets.read('core')).toEqual(left(10, 60_000));
    await clock.advance(60_000);
    await budgets.write('core', left(99, 120_000));
    expect(await budgets.read('core')).toEqual(left(99, 120_000));
  });
});
