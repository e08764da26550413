import type { BudgetStore, Clock, Logger, RateBudget } from '@anyforge/core';
import { AccountBlock } from './account-block.js';
import type { PacedLimit } from './paced-window.js';
import { PacedWindow } from './paced-window.js';
import type { StoreLink } from './store-link.js';
import { linkStore } from './store-link.js';
import { TidyMap } from './tidy-map.js';
import { ToldBudget } from './told-budget.js';

/**
 * Every rate limit that this process knows of, by scope, and the way to the store that it shares with others. To be
 * asked for a limit each time: one that nobody waits for is let go of.
 */
export interface RateLedger extends StoreLink {
  told(scope: string): ToldBudget;
  paced(scope: string, limited: PacedLimit): PacedWindow;
  block(scope: string, per: RateBudget['per']): AccountBlock;
}

export function createRateLedger(options: {
  readonly store: BudgetStore;
  readonly clock: Clock;
  readonly logger: Logger;
}): RateLedger {
  const isIdle = (limit: { isIdle(now: Date): boolean }): boolean => limit.isIdle(options.clock.now());
  const told = new TidyMap<ToldBudget>(isIdle);
  const paced = new TidyMap<PacedWindow>(isIdle);
  const blocks = new TidyMap<AccountBlock>(isIdle);
  return {
    ...linkStore(options),
    told: (scope) => told.obtain(scope, () => new ToldBudget(scope)),
    paced: (scope, limited) => paced.obtain(scope, () => new PacedWindow(scope, limited)),
    block: (scope, per) => blocks.obtain(scope, () => new AccountBlock(scope, per)),
  };
}
