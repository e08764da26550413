import type { BudgetStore, Clock, Logger, ProviderContext, ResponseCache } from '@anyforge/core';
import type { AddressSettings } from './guarded-fetch/addresses.js';
import { createGuardedFetch } from './guarded-fetch/guarded-fetch.js';
import type { RateLedger } from './limits/ledger.js';
import { createMemoryBudgets } from './limits/memory-budgets.js';
import { SharedBudgets } from './limits/shared-budgets.js';
import { boundWrites } from './responses/bound-writes.js';
import { toSafeLogger } from './safe-logger.js';
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
   * What this process itself knows of every rate limit, beside the shared `budgets`. Transports that share it do not
   * overshoot together what each may spend alone.
   *
   * @internal
   */
  readonly ledger: RateLedger;
}

/** What an adapter in a program of one's own may reach: whoever runs it could do so by hand. */
export const ownNetwork: AddressSettings = { private: true, loopback: true };

const silentLogger: Logger = { debug: () => undefined, warn: () => undefined };

/**
 * Completes a context: system clock, silent logger, budgets in memory, and a pooled guarded `fetch` that reaches
 * private and loopback addresses (an adapter used in a program of one's own) but never link-local ones. The one
 * place of this package with ambient effects.
 *
 * Every resolved context counts rate limits on its own, though the accounts be the same, unless it is given the
 * `budgets` that `createSharedBudgets` made for several. Adapters resolve their context once for every `create()`.
 */
export function resolveContext(context: ProviderContext = {}): ResolvedContext {
  const clock = context.clock ?? systemClock;
  const logger = toSafeLogger(context.logger ?? silentLogger);
  const shared =
    context.budgets instanceof SharedBudgets
      ? context.budgets
      : shareBudgets({ clock, logger, store: context.budgets });
  return {
    fetch: context.fetch ?? createGuardedFetch({ addresses: ownNetwork }),
    clock,
    logger,
    budgets: context.budgets ?? shared,
    random: Math.random,
    responses: context.responses && boundWrites(context.responses),
    ledger: shared.ledger,
  };
}

export interface SharedBudgetsOptions extends Pick<ProviderContext, 'clock' | 'logger'> {
  /** Shared by replicas; in memory by default. */
  readonly store?: BudgetStore | undefined;
}

/**
 * Makes the one thing that a program passes as `ProviderContext.budgets` to all providers it creates, so that those
 * of one forge and one account key wait, pace and stay away together: budgets, refusals and paced limits.
 */
export function createSharedBudgets(options: SharedBudgetsOptions = {}): BudgetStore {
  return shareBudgets(options);
}

function shareBudgets({
  clock = systemClock,
  logger = silentLogger,
  store,
}: SharedBudgetsOptions): SharedBudgets {
  return new SharedBudgets({
    clock,
    logger: toSafeLogger(logger),
    store: store ?? createMemoryBudgets(clock),
  });
}
