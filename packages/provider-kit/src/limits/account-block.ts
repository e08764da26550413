import type { RateBudget } from '@anyforge/core';
import { isCurrentBudget } from '@anyforge/core';
import type { Gate } from './gate.js';

const longestFallbackMs = 60 * 60 * 1_000;

/** A refusal that closes everything that is counted together, or one bucket of it, for a while. */
export class AccountBlock {
  #until: Date | undefined;
  #strikes = 0;

  constructor(
    readonly scope: string,
    readonly per: RateBudget['per'],
  ) {}

  /** How long to stay away when the forge names no time: doubled for every refusal in a row. */
  fallbackMs(firstMs: number, sentAt: Date): number {
    const inARow = this.#isAfter(sentAt) ? this.#strikes : Math.max(0, this.#strikes - 1);
    return Math.min(firstMs * 2 ** inARow, longestFallbackMs);
  }

  /**
   * Closes what it is for, never for shorter than it is closed already.
   *
   * @param sentAt when the refused request was sent: those sent together are refused together, as one refusal
   */
  close(until: Date, sentAt: Date): RateBudget {
    if (this.#isAfter(sentAt)) this.#strikes += 1;
    if (this.#until === undefined || until > this.#until) this.#until = until;
    return { scope: this.scope, per: this.per, limit: 0, remaining: 0, resetAt: this.#until };
  }

  /** A request sent after the last refusal was let through: the row has ended. */
  passed(sentAt: Date): void {
    if (this.#isAfter(sentAt)) this.#strikes = 0;
  }

  gate(): Gate {
    return {
      scope: this.scope,
      closure: (shared, now) => {
        const told = isCurrentBudget(shared, now) ? shared.resetAt : undefined;
        const own = this.#until !== undefined && this.#until > now ? this.#until : undefined;
        const until = own === undefined || (told !== undefined && told > own) ? told : own;
        return until && { until };
      },
      enter: () => undefined,
      leave: () => undefined,
    };
  }

  isIdle(now: Date): boolean {
    return this.#until === undefined || this.#until.getTime() + longestFallbackMs < now.getTime();
  }

  #isAfter(sentAt: Date): boolean {
    return this.#until === undefined || sentAt >= this.#until;
  }
}
