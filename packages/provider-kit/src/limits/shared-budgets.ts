import type { BudgetStore, Clock, Logger, RateBudget } from '@anyforge/core';
import type { RateLedger } from './ledger.js';
import { createRateLedger } from './ledger.js';

/** A budget store that carries what its process knows beside it, so that whoever is given the one has the other. */
export class SharedBudgets implements BudgetStore {
  readonly ledger: RateLedger;
  readonly #store: BudgetStore;

  constructor(options: { readonly store: BudgetStore; readonly clock: Clock; readonly logger: Logger }) {
    this.ledger = createRateLedger(options);
    this.#store = options.store;
  }

  read(scope: string): Promise<RateBudget | undefined> {
    return this.#store.read(scope);
  }

  write(scope: string, budget: RateBudget): Promise<void> {
    return this.#store.write(scope, budget);
  }
}
