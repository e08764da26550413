import type { BudgetStore, Clock, Logger, ProviderContext, ResponseCache } from '@anyforge/core';
import { createGuardedFetch } from './guarded-fetch/guarded-fetch.js';
import type { RateLedger } from './limits/ledger.js';
import { createRateLedger } from './limits/ledger.js';
import { createMemoryBudgets } from './limits/memory-budgets.js';
import { systemClock } from './system-clock.js';

/** A `ProviderContext` of which every effect is present. */
export interface ResolvedContext {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly budgets: BudgetStore;
  /** Uniform in [0, 1), for jitter. */
  random(): number;
  /** Absent: answers are not cached. */
  readonly responses?: ResponseCache | undefined;
  /**
   * What this process itself knows of every rate limit, beside the shared `budgets`. Transports made from one
   * resolved context share it, so that they do not overshoot together what each may spend alone.
   */
  readonly ledger: RateLedger;
}

const silentLogger: Logger = { debug: () => undefined, warn: () => undefined };

/**
 * Completes a context: system clock, silent logger, budgets in memory, and a pooled guarded `fetch` that reaches
 * private and loopback addresses (an adapter used in a program of one's own) but never link-local ones. The one
 * place of this package with ambient effects.
 */
export function resolveContext(context: ProviderContext = {}): ResolvedContext {
  const clock = context.clock ?? systemClock;
  const logger = context.logger ?? silentLogger;
  const budgets = context.budgets ?? createMemoryBudgets(clock);
  return {
    fetch: context.fetch ?? createGuardedFetch({ addresses: { private: true, loopback: true } }),
    clock,
    logger,
    budgets,
    random: Math.random,
    responses: context.responses,
    ledger: createRateLedger({ store: budgets, clock, logger }),
  };
}
