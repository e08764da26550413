import { describe, expect, it } from '@jest/globals';
import { isCurrentBudget, reserveOf, supersedesBudget } from './budgets.js';
import type { RateBudget } from './calls.js';

const now = new Date('2026-11-20T12:00:00Z');

/** How many requests are left, and for how many seconds that holds. */
function left(remaining: number, seconds?: number): RateBudget {
  const resetAt = seconds === undefined ? undefined : new Date(now.getTime() + seconds * 1_000);
  return { scope: 'github https://github.com ada core', per: 'credential', limit: 5_000, remaining, resetAt };
}

describe('the part of a limit that is left to people', () => {
  it.each([
    [5_000, 500],
    [900, 90],
    [61, 7],
    [30, 5],
    [9, 4],
    [2, 1],
    [1, 0],
    [0, 0],
  ])('is, of %i requests, %i', (limit, reserve) => {
    expect(reserveOf(limit)).toBe(reserve);
  });
});

describe('a budget', () => {
  it('says nothing any more at its reset, nor without one', () => {
    expect(isCurrentBudget(left(1, 1), now)).toBe(true);
    expect(isCurrentBudget(left(1, 0), now)).toBe(false);
    expect(isCurrentBudget(left(1), now)).toBe(false);
    expect(isCurrentBudget(undefined, now)).toBe(false);
  });

  it.each([
    ['where nothing is known', left(10, 60), undefined],
    ['with a lower count', left(9, 60), left(10, 60)],
    [
      'with a lower count, though the answer before came late and so seemed to last longer',
      left(9, 60),
      left(10, 80),
    ],
    ['with a lower count that came late itself', left(9, 80), left(10, 60)],
    ['with the same count that lasts longer', left(0, 90), left(0, 60)],
    ['of a new window, once the one before has ended', left(4_999, 3_600), left(0, 0)],
    ['once what is known has ended, even when it has ended itself', left(3, -1), left(2, 0)],
    ['without a reset where nothing lasts', left(7), left(8)],
  ])('takes the place of another one: %s', (_, told, known) => {
    expect(supersedesBudget(told, known, now)).toBe(true);
  });

  it.each([
    ['a higher count', left(11, 60), left(10, 60)],
    ['a higher count that came late', left(11, 80), left(10, 60)],
    ['a lower count of a window that has ended', left(9, 0), left(10, 60)],
    ['the same once more', left(10, 60), left(10, 60)],
    ['the same for a shorter time', left(0, 30), left(0, 60)],
    ['one without a reset', left(9), left(10, 60)],
  ])('stays, whatever comes: %s', (_, told, known) => {
    expect(supersedesBudget(told, known, now)).toBe(false);
  });
});
