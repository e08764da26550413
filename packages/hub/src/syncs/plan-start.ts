import type { CurrentBudget } from '../budgets/rate-budgets.js';
import { nameOf } from '../budgets/rate-budgets.js';

/** What a listing will take, going by the last one of the connection that was complete. */
export interface ExpectedListing {
  readonly requests: number;
  readonly durationMs: number;
  /** Whether it goes on where a limit has stopped it; otherwise it starts over. */
  readonly resumable: boolean;
}

/** What adapters call the limit of requests that are counted on no other: listings are. */
const limitOfListings = 'core';

/**
 * Until when to wait with a listing, because what is left of the forge's limit does not suffice for it; undefined: begin.
 *
 * One that can go on where it was stopped begins with what is there, unless the reset is so near that it would rather be
 * read in one go: the wait is not longer than the listing then. One that cannot would be read in vain. What is kept for
 * people is not there for it, and one that is larger than the whole limit begins with a full one.
 */
export function planStart(
  budgets: readonly CurrentBudget[],
  expected: ExpectedListing | undefined,
  now: Date,
): Date | undefined {
  if (expected === undefined) return undefined;
  const { requests, durationMs, resumable } = expected;
  const resets = budgets
    .filter(({ scope, limit, remaining }) => {
      if (nameOf(scope) !== limitOfListings) return false;
      const reserve = Math.ceil(limit / 10);
      return remaining - reserve < Math.min(requests, limit - reserve);
    })
    .map(({ resetAt }) => resetAt.getTime())
    .filter((resetAt) => !resumable || resetAt - now.getTime() <= durationMs);
  return resets.length === 0 ? undefined : new Date(Math.max(...resets));
}
