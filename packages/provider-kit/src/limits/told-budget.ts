import type { RateBudget } from '@anyforge/core';
import { isCurrentBudget, reserveOf, supersedesBudget } from '@anyforge/core';
import type { Gate } from './gate.js';

/**
 * A budget that the forge tells with every answer. Requests in flight count as spent, since the forge cannot have
 * told of them yet; so parallel callers stop at its end instead of running over it. Those that turn out to have
 * cost nothing (a 304) leave room when they end.
 */
export class ToldBudget {
  #budget: RateBudget | undefined;
  #inFlight = 0;
  readonly #awaitingRoom: (() => void)[] = [];

  constructor(readonly scope: string) {}

  /** Takes note of what an answer told, in whatever order answers arrive. Returns what holds now. */
  learn(told: RateBudget, now: Date): RateBudget {
    return (this.#budget = truer(this.#budget, told, now));
  }

  /**
   * The place of one request; `leave` gives back once, however often it is called.
   *
   * @param background whether it leaves a part of the budget to others
   */
  gate(background: boolean): Gate {
    let entered = false;
    return {
      scope: this.scope,
      closure: (shared, now) => {
        const budget = shared === undefined ? this.#budget : truer(this.#budget, shared, now);
        if (!isCurrentBudget(budget, now)) return undefined;
        const left = budget.remaining - (background ? reserveOf(budget.limit) : 0);
        if (left > this.#inFlight) return undefined;
        const sooner = (): Promise<void> => new Promise((resolve) => this.#awaitingRoom.push(resolve));
        return {
          until: budget.resetAt,
          sooner: left > 0 ? sooner : undefined,
          reserved: background && budget.remaining > this.#inFlight,
        };
      },
      enter: () => {
        entered = true;
        this.#inFlight += 1;
        return undefined;
      },
      leave: () => {
        if (!entered) return;
        entered = false;
        this.#inFlight -= 1;
        for (const resolve of this.#awaitingRoom.splice(0)) resolve();
      },
    };
  }

  isIdle(now: Date): boolean {
    return this.#inFlight === 0 && !isCurrentBudget(this.#budget, now);
  }
}

function truer(known: RateBudget | undefined, told: RateBudget, now: Date): RateBudget {
  return known !== undefined && !supersedesBudget(told, known, now) ? known : told;
}
