import type { Clock, RateBudget } from '@anyforge/core';
import type { RateBudgets } from './rate-budgets.js';
import { isCurrent, keyOf } from './rate-budgets.js';

const tidyFrom = 1_000;

/** For the one process of an embedded database: a restart asks the forges anew. */
export class MemoryRateBudgets implements RateBudgets {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #budgets = new Map<string, RateBudget>();
  /** Twice as many as were in use the last time, or looking through them all would cost more than it saves. */
  #tidyAt = tidyFrom;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  read(scope: string): Promise<RateBudget | undefined> {
    return Promise.resolve(this.#budgets.get(scope));
  }

  write(scope: string, budget: RateBudget): Promise<void> {
    if (this.#budgets.size >= this.#tidyAt && !this.#budgets.has(scope)) this.#tidy();
    this.#budgets.set(scope, budget);
    return Promise.resolve();
  }

  of(keys: readonly string[]): Promise<readonly RateBudget[]> {
    const now = this.#clock.now().getTime();
    const wanted = new Set<string | undefined>(keys);
    return Promise.resolve(
      [...this.#budgets.values()].filter(
        (budget) => isCurrent(budget, now) && wanted.has(keyOf(budget.scope)),
      ),
    );
  }

  #tidy(): void {
    const now = this.#clock.now().getTime();
    for (const [scope, budget] of this.#budgets) if (!isCurrent(budget, now)) this.#budgets.delete(scope);
    this.#tidyAt = Math.max(tidyFrom, 2 * this.#budgets.size);
  }
}
