import type { BudgetStore, Clock, Logger, RateBudget } from '@anyforge/core';
import { withinMs } from '../within-ms.js';

/** A store may be a network away; beyond this it costs more time than the accuracy it brings. */
const patienceMs = 1_000;

/** The way to a store of budgets that may fail or hang: that costs accuracy, never a call. */
export interface StoreLink {
  /** Undefined as well when the store fails or does not answer within a second. */
  read(scope: string): Promise<RateBudget | undefined>;
  /** Holds nobody up. Writes of one scope go out one after the other; of those that wait the last one counts. */
  write(budget: RateBudget): void;
}

export function linkStore(options: {
  readonly store: BudgetStore;
  readonly clock: Clock;
  readonly logger: Logger;
}): StoreLink {
  const { store, clock, logger } = options;
  /** The scopes that are being written, each with what has to be written next. */
  const next = new Map<string, RateBudget | undefined>();

  const attempt = async <T>(scope: string, ask: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await withinMs(clock, patienceMs, ask(), {
        late: () => {
          throw new Error('The store did not answer in time.');
        },
      });
    } catch {
      logger.warn({ scope }, 'the store of rate budgets failed; going on with what this process knows');
      return undefined;
    }
  };

  const writeAll = async (scope: string, first: RateBudget): Promise<void> => {
    for (let budget: RateBudget | undefined = first; budget !== undefined; budget = next.get(scope)) {
      const current = budget;
      next.set(scope, undefined);
      await attempt(scope, () => store.write(scope, current));
    }
    next.delete(scope);
  };

  return {
    read: (scope) => attempt(scope, () => store.read(scope)),
    write(budget) {
      if (next.has(budget.scope)) next.set(budget.scope, budget);
      else void writeAll(budget.scope, budget);
    },
  };
}
