import type { BudgetStore, Clock, RateBudget } from '@anyforge/core';
import { isCurrent } from './gate.js';
import { TidyMap } from './tidy-map.js';

/** A budget store for one process, which forgets what has been reset by now. */
export function createMemoryBudgets(clock: Clock): BudgetStore {
  const budgets = new TidyMap<RateBudget>((budget) => !isCurrent(budget, clock.now()));
  return {
    read: (scope) => Promise.resolve(budgets.get(scope)),
    write(scope, budget) {
      budgets.set(scope, budget);
      return Promise.resolve();
    },
  };
}
