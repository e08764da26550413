import type { RateBudget } from '@anyforge/core';

/** What is left of one limit of a forge. Outdated once its window has ended. */
export interface RateBudgetRow {
  readonly scope: string;
  /** Under which it is counted: the key of an account, or the name of an OAuth application. Null: not told by the scope. */
  readonly budget_key: string | null;
  readonly per: RateBudget['per'];
  readonly allowed: number;
  readonly remaining: number;
  readonly reset_at: number;
}
