import type { RateBudget } from '@anyforge/core';

/** Two reset times this close mean the same window: `Date` and reset headers are whole seconds. */
const sameWindowMs = 2_000;

export function isSameWindow(one: RateBudget, other: RateBudget): boolean {
  return Math.abs(laterByMs(one, other)) <= sameWindowMs;
}

/** By how much the window of the other one ends later. */
export function laterByMs(one: RateBudget, other: RateBudget): number {
  return (other.resetAt?.getTime() ?? 0) - (one.resetAt?.getTime() ?? 0);
}
