import type { BudgetStore, Clock, RateBudget } from '@anyforge/core';

const tidyAbove = 1_000;

/** A budget store for one process. Forgets what has been reset by now, so that it does not grow with every account. */
export function createMemoryBudgets(clock: Clock): BudgetStore {
  const budgets = new Map<string, RateBudget>();
  const tidy = (): void => {
    const now = clock.now();
    for (const [scope, { resetAt }] of budgets) {
      if (resetAt === undefined || resetAt <= now) budgets.delete(scope);
    }
  };
  return {
    read: (scope) => Promise.resolve(budgets.get(scope)),
    write(scope, budget) {
      if (budgets.size >= tidyAbove && !budgets.has(scope)) tidy();
      budgets.set(scope, budget);
      return Promise.resolve();
    },
  };
}
