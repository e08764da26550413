import type { BudgetStore, RateBudget, TimedBudget } from '@anyforge/core';
import type { LimitOwner } from './limit-owner.js';

/**
 * The rate limits of the forges, as every process on this database knows them. What has no reset is not kept: nobody
 * could tell when it stops being true.
 */
export interface RateBudgets extends BudgetStore {
  /** What is known of the limits of these, and whose windows have not ended. */
  of(owners: readonly LimitOwner[]): Promise<readonly TimedBudget[]>;
}

/** Under which key a limit is counted: the third word of its scope. */
export function keyOf(scope: string): string | undefined {
  const [, , key] = scope.split(' ');
  try {
    return key === undefined ? undefined : decodeURIComponent(key);
  } catch {
    return undefined;
  }
}

/** The forge's bucket: what follows the key in a scope. */
export function nameOf(scope: string): string {
  return scope.split(' ').slice(3).join(' ');
}

export function hasReset(budget: RateBudget): budget is TimedBudget {
  return budget.resetAt !== undefined;
}
