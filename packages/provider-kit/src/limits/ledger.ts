import type { BudgetStore, Clock, Logger, RateBudget } from '@anyforge/core';
import { AccountBlock } from './account-block.js';
import type { PacedLimit } from './paced-window.js';
import { PacedWindow } from './paced-window.js';
import { ToldBudget } from './told-budget.js';

/** Every rate limit that this process knows of, by scope, and the way to the store that it shares with others. */
export interface RateLedger {
  told(scope: string): ToldBudget;
  paced(scope: string, limited: PacedLimit): PacedWindow;
  block(scope: string): AccountBlock;
  /** Undefined as well when the store fails: it may cost accuracy, never a call. */
  read(scope: string): Promise<RateBudget | undefined>;
  write(budget: RateBudget): Promise<void>;
}

export function createRateLedger(options: {
  readonly store: BudgetStore;
  readonly clock: Clock;
  readonly logger: Logger;
}): RateLedger {
  const { store, clock, logger } = options;
  const told = new Map<string, ToldBudget>();
  const paced = new Map<string, PacedWindow>();
  const blocks = new Map<string, AccountBlock>();
  const warn = (scope: string): void => {
    logger.warn({ scope }, 'the store of rate budgets failed; going on with what this process knows');
  };
  return {
    told: (scope) => obtain(told, scope, clock, () => new ToldBudget(scope)),
    paced: (scope, limited) => obtain(paced, scope, clock, () => new PacedWindow(scope, limited)),
    block: (scope) => obtain(blocks, scope, clock, () => new AccountBlock(scope)),
    async read(scope) {
      try {
        return await store.read(scope);
      } catch {
        warn(scope);
        return undefined;
      }
    },
    async write(budget) {
      try {
        await store.write(budget.scope, budget);
      } catch {
        warn(budget.scope);
      }
    },
  };
}

const tidyAbove = 1_000;

/** The entry of a scope, made on first use; entries with nothing left to say go when there are many. */
function obtain<T extends { isIdle(now: Date): boolean }>(
  entries: Map<string, T>,
  scope: string,
  clock: Clock,
  create: () => T,
): T {
  const known = entries.get(scope);
  if (known !== undefined) return known;
  if (entries.size >= tidyAbove) {
    const now = clock.now();
    for (const [name, entry] of entries) if (entry.isIdle(now)) entries.delete(name);
  }
  const entry = create();
  entries.set(scope, entry);
  return entry;
}
