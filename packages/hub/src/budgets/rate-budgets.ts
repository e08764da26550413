import type { BudgetStore, RateBudget } from '@anyforge/core';

/**
 * The rate limits of the forges, as every process on this database knows them. What has no reset is not kept: nobody
 * could tell when it stops being true.
 */
export interface RateBudgets extends BudgetStore {
  /** What is known of the limits that are counted under these keys, and whose windows have not ended. */
  of(keys: readonly string[]): Promise<readonly CurrentBudget[]>;
}

/** A budget whose window has not ended. */
export type CurrentBudget = RateBudget & { readonly resetAt: Date };

/** Two resets this close mean the same window: forges tell them in whole seconds, and clocks differ a little. */
export const sameWindowMs = 2_000;

/** Of one window the lower count is the newer one, in whatever order processes tell; of two windows the later one. */
export function supersedes(told: CurrentBudget, known: CurrentBudget): boolean {
  const laterByMs = told.resetAt.getTime() - known.resetAt.getTime();
  if (Math.abs(laterByMs) > sameWindowMs) return laterByMs > 0;
  return told.remaining < known.remaining || (told.remaining === known.remaining && laterByMs > 0);
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

/** Under which key a limit is counted that the accounts of an OAuth application share. */
export function applicationKey(clientId: string): string {
  return `application:${clientId}`;
}

export function hasReset(budget: RateBudget): budget is CurrentBudget {
  return budget.resetAt !== undefined;
}

export function isCurrent(budget: CurrentBudget, now: Date): boolean {
  return budget.resetAt > now;
}
