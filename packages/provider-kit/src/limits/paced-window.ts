import type { RateBudget } from '@anyforge/core';
import { isCurrentBudget, reserveOf } from '@anyforge/core';
import type { Gate } from './gate.js';

export interface PacedLimit {
  readonly limit: number;
  readonly windowMs: number;
  readonly per: RateBudget['per'];
  /** Whether only what nobody waits for is held back. All is counted. */
  readonly backgroundOnly?: boolean | undefined;
}

interface Spent {
  readonly at: number;
  readonly cost: number;
}

/**
 * A limit that the forge has but does not tell: counted here over a sliding window, so that no window of that
 * length, wherever the forge starts it, holds more than the limit.
 *
 * Exact within a process. Between processes the store carries one number, the lower of what both count; it has no
 * compare-and-swap, so they may overshoot by what was in flight at once, and the forge's refusal is the last word.
 */
export class PacedWindow {
  readonly #spent: Spent[] = [];
  /** What was written to the store last: others of this process may hold what they read before. */
  #written: RateBudget | undefined;

  constructor(
    readonly scope: string,
    readonly limited: PacedLimit,
  ) {}

  /** @param background whether it leaves a part of the limit to others */
  gate(cost: number, background: boolean): Gate {
    const closedUntil = (reserve: number, shared: RateBudget | undefined, now: Date): Date | undefined => {
      const own = this.#roomAt(cost + reserve, now);
      const known = this.#known(shared, now);
      const others = known !== undefined && known.remaining < cost + reserve ? known.resetAt : undefined;
      return own === undefined || (others !== undefined && others > own) ? others : own;
    };
    return {
      scope: this.scope,
      closure: (shared, now) => {
        const { limit, backgroundOnly = false } = this.limited;
        if (backgroundOnly && !background) return undefined;
        const until = closedUntil(background ? reserveOf(limit) : 0, shared, now);
        const isOpenToOthers = backgroundOnly || closedUntil(0, shared, now) === undefined;
        return until && { until, reserved: background && isOpenToOthers };
      },
      enter: (shared, now) => {
        const known = this.#known(shared, now);
        this.#spent.push({ at: now.getTime(), cost });
        const { limit, windowMs, per } = this.limited;
        const own = limit - this.#used(now);
        const remaining = Math.max(0, Math.min(own, (known?.remaining ?? limit) - cost));
        const resetAt = known?.resetAt ?? new Date((this.#spent[0]?.at ?? now.getTime()) + windowMs);
        this.#written = { scope: this.scope, per, limit, remaining, resetAt };
        return this.#written;
      },
      leave: () => undefined,
    };
  }

  isIdle(now: Date): boolean {
    return this.#used(now) === 0;
  }

  /** The lower count of what is known of all processes' spending. */
  #known(shared: RateBudget | undefined, now: Date): RateBudget | undefined {
    const [lowest] = [shared, this.#written]
      .filter((budget) => isCurrentBudget(budget, now))
      .sort((one, other) => one.remaining - other.remaining);
    return lowest;
  }

  /** When enough of what was spent has left the window. */
  #roomAt(cost: number, now: Date): Date | undefined {
    let excess = this.#used(now) + cost - this.limited.limit;
    if (excess <= 0) return undefined;
    for (const { at, cost: freed } of this.#spent) {
      excess -= freed;
      if (excess <= 0) return new Date(at + this.limited.windowMs);
    }
    const last = this.#spent.at(-1);
    return last && new Date(last.at + this.limited.windowMs);
  }

  #used(now: Date): number {
    const begin = now.getTime() - this.limited.windowMs;
    const firstInside = this.#spent.findIndex(({ at }) => at > begin);
    this.#spent.splice(0, firstInside === -1 ? this.#spent.length : firstInside);
    return this.#spent.reduce((sum, { cost }) => sum + cost, 0);
  }
}
