import type { BudgetStore, Clock, RateBudget } from '@anyforge/core';
import { isCurrentBudget, supersedesBudget } from '@anyforge/core';
import { TidyMap } from './tidy-map.js';

/** A budget store for one process, which forgets what has been reset by now, and heeds no older count than it has. */
export function createMemoryBudgets(clock: Clock): BudgetStore {
  const budgets = new TidyMap<RateBudget>((budget) => !isCurrentBudget(budget, clock.now()));
  return {
    read: (scope) => Promise.resolve(budgets.get(scope)),
    write(scope, budget) {
      if (supersedesBudget(budget, budgets.get(scope), clock.now())) budgets.set(scope, budget);
      return Promise.resolve();
    },
  };
}
