import type { Clock, RateBudget, TimedBudget } from '@anyforge/core';
import { isCurrentBudget, supersedesBudget } from '@anyforge/core';
import type { LimitOwner } from './limit-owner.js';
import { isOwnedBy } from './limit-owner.js';
import type { RateBudgets } from './rate-budgets.js';
import { hasReset } from './rate-budgets.js';

const tidyFrom = 1_000;

/** For the one process of an embedded database: a restart asks the forges anew. */
export class MemoryRateBudgets implements RateBudgets {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #budgets = new Map<string, TimedBudget>();
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
    if (hasReset(budget) && supersedesBudget(budget, known, this.#clock.now())) {
      this.#budgets.set(scope, budget);
    }
    return Promise.resolve();
  }

  of(owners: readonly LimitOwner[]): Promise<readonly TimedBudget[]> {
    const now = this.#clock.now();
    return Promise.resolve(
      Array.from(this.#budgets)
        .filter(([scope, budget]) => {
          return isCurrentBudget(budget, now) && owners.some((owner) => isOwnedBy(scope, owner));
        })
        .map(([, budget]) => budget),
    );
  }

  #tidy(): void {
    const now = this.#clock.now();
    for (const [scope, budget] of this.#budgets)
      if (!isCurrentBudget(budget, now)) this.#budgets.delete(scope);
    this.#tidyAt = Math.max(tidyFrom, 2 * this.#budgets.size);
  }
}
