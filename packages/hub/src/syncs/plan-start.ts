import type { TimedBudget } from '@anyforge/core';
import { reserveOf } from '@anyforge/core';
import { nameOf } from '../budgets/rate-budgets.js';

/** What a listing will take, going by the last one of the connection that was complete. */
export interface ExpectedListing {
  readonly requests: number;
  /** Whether it goes on where a limit has stopped it; otherwise it starts over. */
  readonly resumable: boolean;
}

/** What adapters call the limit of requests that are counted on no other: listings are. */
const limitOfListings = 'core';

/** What a request of a listing takes with a forge that is far away or busy. Others are under way at the same time. */
const requestMs = 500;

/**
 * Until when to wait with a listing, because what is left of the forge's limit does not suffice for it; undefined: begin.
 *
 * One that can go on where it was stopped begins with what is there, unless the reset is so near that it would rather be
 * read in one go: the wait is not longer than the listing then. One that cannot would be read in vain. What is kept for
 * people is not there for it, and one that is larger than the whole limit begins with a full one.
 */
export function planStart(
  budgets: readonly TimedBudget[],
  { requests, resumable }: ExpectedListing,
  now: Date,
): Date | undefined {
  const latest = now.getTime() + requests * requestMs;
  const resets = budgets
    .filter(({ scope, limit, remaining }) => {
      const reserve = reserveOf(limit);
      return nameOf(scope) === limitOfListings && remaining - reserve < Math.min(requests, limit - reserve);
    })
    .map(({ resetAt }) => resetAt.getTime())
    .filter((resetAt) => !resumable || resetAt <= latest);
  return resets.length === 0 ? undefined : new Date(Math.max(...resets));
}
