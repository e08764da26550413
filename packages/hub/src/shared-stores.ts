import type { BudgetStore, ResponseCache } from '@anyforge/core';

/** What the adapters of all processes on one database share: to be handed on in their `ProviderContext`. */
export interface SharedStores {
  /** What is left of the forges' rate limits. */
  readonly budgets: BudgetStore;
  /** Answers of the forges, for conditional requests. */
  readonly responses?: ResponseCache | undefined;
}
