import type { Clock, RateBudget } from '@anyforge/core';
import type { CurrentBudget, RateBudgets } from './rate-budgets.js';
import { hasReset, isCurrent, keyOf, supersedes } from './rate-budgets.js';

const tidyFrom = 1_000;

/** For the one process of an embedded database: a restart asks the forges anew. */
export class MemoryRateBudgets implements RateBudgets {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #budgets = new Map<string, CurrentBudget>();
  /** Twice as many as were in use the last time, or looking through them all would cost more than it saves. */
  #tidyAt = tidyFrom;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  read(scope: string): Promise<RateBudget | undefined> {
    return Promise.resolve(this.#budgets.get(scope));
  }

  write(scope: string, budget: RateBudget): Promise<void> {
    const known = this.#budgets.get(scope);
    if (known === undefined && this.#budgets.size >= this.#tidyAt) this.#tidy();
    if (hasReset(budget) && (known === undefined || supersedes(budget, known))) {
      this.#budgets.set(scope, budget);
    }
    return Promise.resolve();
  }

  of(keys: readonly string[]): Promise<readonly CurrentBudget[]> {
    const now = this.#clock.now();
    const wanted = new Set<string | undefined>(keys);
    return Promise.resolve(
      Array.from(this.#budgets)
        .filter(([scope, budget]) => isCurrent(budget, now) && wanted.has(keyOf(scope)))
        .map(([, budget]) => budget),
    );
  }

  #tidy(): void {
    const now = this.#clock.now();
    for (const [scope, budget] of this.#budgets) if (!isCurrent(budget, now)) this.#budgets.delete(scope);
    this.#tidyAt = Math.max(tidyFrom, 2 * this.#budgets.size);
  }
}
