import type { RateBudget } from '@anyforge/core';
import type { Gate } from './gate.js';
import { isCurrent } from './gate.js';

/** Two reset times this close mean the same window: `Date` and reset headers are whole seconds. */
const sameWindowMs = 2_000;

/**
 * A budget that the forge tells with every answer. Requests in flight count as spent, since the forge cannot have
 * told of them yet; so parallel callers stop at its end instead of running over it.
 */
export class ToldBudget {
  #budget: RateBudget | undefined;
  #inFlight = 0;

  constructor(readonly scope: string) {}

  /** Takes note of what an answer told, in whatever order answers arrive. Returns what holds now. */
  learn(told: RateBudget): RateBudget {
    this.#budget = truer(this.#budget, told);
    return this.#budget;
  }

  /** The place of one request; `leave` gives back once, however often it is called. */
  gate(): Gate {
    let entered = false;
    return {
      scope: this.scope,
      opensAt: (shared, now) => {
        const budget = truer(current(this.#budget, now), current(shared, now));
        return budget !== undefined && budget.remaining - this.#inFlight <= 0 ? budget.resetAt : undefined;
      },
      enter: () => {
        entered = true;
        this.#inFlight += 1;
        return undefined;
      },
      leave: () => {
        if (entered) this.#inFlight -= 1;
        entered = false;
      },
    };
  }

  isIdle(now: Date): boolean {
    return this.#inFlight === 0 && !isCurrent(this.#budget, now);
  }
}

function current(budget: RateBudget | undefined, now: Date): RateBudget | undefined {
  return isCurrent(budget, now) ? budget : undefined;
}

/** Of one window the lower count is the newer one; of two windows the later one. */
function truer(one: RateBudget | undefined, other: RateBudget): RateBudget;
function truer(one: RateBudget | undefined, other: RateBudget | undefined): RateBudget | undefined;
function truer(one: RateBudget | undefined, other: RateBudget | undefined): RateBudget | undefined {
  if (one === undefined || other === undefined) return other ?? one;
  const laterBy = (other.resetAt?.getTime() ?? 0) - (one.resetAt?.getTime() ?? 0);
  if (Math.abs(laterBy) <= sameWindowMs) return other.remaining <= one.remaining ? other : one;
  return laterBy > 0 ? other : one;
}
