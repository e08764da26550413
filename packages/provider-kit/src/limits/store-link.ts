import type { BudgetStore, Clock, Logger, RateBudget } from '@anyforge/core';
import { isCurrentBudget } from '@anyforge/core';
import { withinMs } from '../within-ms.js';
import { TidyMap } from './tidy-map.js';

/** A store may be a network away; beyond this it costs more time than the accuracy it brings. */
const patienceMs = 1_000;

/** How long what was read holds: asking for each of many requests in parallel would cost more than it tells. */
const freshMs = 500;

/** A count that has gone down by less than this part of its limit is no news for other processes. */
const newsPart = 1 / 100;

/** Resets that differ less tell nothing: `Date` and reset headers are whole seconds. */
const sameResetMs = 2_000;

/** The way to a store of budgets that may fail or hang: that costs accuracy, never a call. */
export interface StoreLink {
  /**
   * What the store knows, or knew up to half a second ago. Undefined as well when it fails or does not answer within a
   * second.
   */
  read(scope: string): Promise<RateBudget | undefined>;
  /**
   * Holds nobody up. What is no news is not written: a count within a hundredth of its limit from the one written
   * before. Writes of one scope go out one after the other; of those that wait the last one counts.
   */
  write(budget: RateBudget): void;
}

interface Reading {
  readonly askedAt: number;
  readonly budget: Promise<RateBudget | undefined>;
}

export function linkStore(options: {
  readonly store: BudgetStore;
  readonly clock: Clock;
  readonly logger: Logger;
}): StoreLink {
  const { store, clock, logger } = options;
  /** The scopes that are being written, each with what has to be written next. */
  const next = new Map<string, RateBudget | undefined>();
  const isFresh = ({ askedAt }: Reading): boolean => clock.now().getTime() - askedAt < freshMs;
  const readings = new TidyMap<Reading>((reading) => !isFresh(reading));
  const written = new TidyMap<RateBudget>((budget) => !isCurrentBudget(budget, clock.now()));

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
    read(scope) {
      const known = readings.get(scope);
      if (known !== undefined && isFresh(known)) return known.budget;
      const budget = attempt(scope, () => store.read(scope));
      readings.set(scope, { askedAt: clock.now().getTime(), budget });
      return budget;
    },
    write(budget) {
      const { scope } = budget;
      const before = written.get(scope);
      if (before !== undefined && !isNews(budget, before)) return;
      written.set(scope, budget);
      if (next.has(scope)) next.set(scope, budget);
      else void writeAll(scope, budget);
    },
  };
}

function isNews(budget: RateBudget, before: RateBudget): boolean {
  const spent = before.remaining - budget.remaining;
  const movedMs = Math.abs((budget.resetAt?.getTime() ?? 0) - (before.resetAt?.getTime() ?? 0));
  return budget.remaining === 0 || movedMs > sameResetMs || spent >= budget.limit * newsPart;
}
