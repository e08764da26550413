import type { RateBudget } from '@anyforge/core';
import type { Gate } from './gate.js';
import { isCurrent } from './gate.js';

export interface PacedLimit {
  readonly limit: number;
  readonly windowMs: number;
  readonly per: RateBudget['per'];
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

  constructor(
    readonly scope: string,
    readonly limited: PacedLimit,
  ) {}

  gate(cost: number): Gate {
    return {
      scope: this.scope,
      opensAt: (shared, now) => {
        const own = this.#roomAt(cost, now);
        const others = isCurrent(shared, now) && shared.remaining < cost ? shared.resetAt : undefined;
        return own === undefined || (others !== undefined && others > own) ? others : own;
      },
      enter: (shared, now) => {
        this.#spent.push({ at: now.getTime(), cost });
        const { limit, windowMs, per } = this.limited;
        const own = limit - this.#used(now);
        const known = isCurrent(shared, now);
        return {
          scope: this.scope,
          per,
          limit,
          remaining: Math.max(0, known ? Math.min(own, shared.remaining - cost) : own),
          resetAt: known ? shared.resetAt : new Date((this.#spent[0]?.at ?? now.getTime()) + windowMs),
        };
      },
      leave: () => undefined,
    };
  }

  isIdle(now: Date): boolean {
    return this.#used(now) === 0;
  }

  /** When enough of what was spent has left the window. */
  #roomAt(cost: number, now: Date): Date | undefined {
    let excess = this.#used(now) + cost - this.limited.limit;
    if (excess <= 0 || this.#spent.length === 0) return undefined;
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
