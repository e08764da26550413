import type { RateBudget } from './calls.js';

/** A budget of which the end of its window is known. */
export type TimedBudget = RateBudget & { readonly resetAt: Date };

const part = 1 / 10;
/** Of a small limit a tenth is next to nothing: what one person needs to open a page. */
const atLeast = 5;
/** Of a smaller one still, what nobody waits for has to get a turn as well. */
const atMost = 1 / 2;

/** How many requests of a limit what runs in the background leaves to the calls for which somebody waits. */
export function reserveOf(limit: number): number {
  return Math.min(Math.max(Math.ceil(limit * part), atLeast), Math.floor(limit * atMost));
}

/** Whether a budget still says something: its window has not ended. */
export function isCurrentBudget(budget: RateBudget | undefined, now: Date): budget is TimedBudget {
  return budget?.resetAt !== undefined && budget.resetAt > now;
}

/**
 * Whether what was told takes the place of what is known of the same limit, in whatever order the two were learned: of
 * two that are current the lower count is the newer one, and of two with the same count that which lasts longer.
 *
 * Resets do not tell which is newer. A limit has one window at a time, so that two which are current are of the same; by
 * how much their resets differ only tells how long their answers were on the way.
 */
export function supersedesBudget(told: RateBudget, known: RateBudget | undefined, now: Date): boolean {
  if (!isCurrentBudget(known, now)) return true;
  if (!isCurrentBudget(told, now)) return false;
  return told.remaining === known.remaining ? told.resetAt > known.resetAt : told.remaining < known.remaining;
}
