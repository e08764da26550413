import type { BudgetStore, RateBudget } from '@anyforge/core';

/** The rate limits of the forges, as every process on this database knows them. */
export interface RateBudgets extends BudgetStore {
  /** What is known of the limits that are counted under these keys, and whose windows have not ended. */
  of(keys: readonly string[]): Promise<readonly RateBudget[]>;
}

/** The key under which a limit is counted: the third word of its scope. */
export function keyOf(scope: string): string | undefined {
  const [, , key] = scope.split(' ');
  try {
    return key === undefined ? undefined : decodeURIComponent(key);
  } catch {
    return undefined;
  }
}

/** Whether a budget still says something: its window has not ended. */
export function isCurrent(budget: RateBudget, now: number): budget is RateBudget & { resetAt: Date } {
  return budget.resetAt !== undefined && budget.resetAt.getTime() > now;
}
