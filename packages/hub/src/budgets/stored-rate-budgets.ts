import type { RateBudget, TimedBudget } from '@anyforge/core';
import type { RawBuilder, SqlBool } from 'kysely';
import { sql } from 'kysely';
import type { Resources } from '../resources.js';
import type { RateBudgetRow } from '../store/rows/budgets.js';
import type { LimitOwner } from './limit-owner.js';
import { isOwnedBy } from './limit-owner.js';
import type { RateBudgets } from './rate-budgets.js';
import { hasReset, keyOf } from './rate-budgets.js';

interface Asking {
  readonly scopes: Set<string>;
  readonly found: Promise<ReadonlyMap<string, RateBudget>>;
}

/** For the processes on one PostgreSQL: each tells the others through a table. */
export class StoredRateBudgets implements RateBudgets {
  readonly #resources: Pick<Resources, 'store' | 'clock'>;
  /** What is asked for in this turn of the event loop: a request is counted on several limits at once. */
  #asking: Asking | undefined;

  constructor(resources: Pick<Resources, 'store' | 'clock'>) {
    this.#resources = resources;
  }

  async read(scope: string): Promise<RateBudget | undefined> {
    const asking = (this.#asking ??= this.#ask());
    asking.scopes.add(scope);
    return (await asking.found).get(scope);
  }

  async write(scope: string, budget: RateBudget): Promise<void> {
    if (!hasReset(budget)) return;
    await this.#resources.store.database
      .insertInto('rate_budgets')
      .values(toRow(scope, budget))
      .onConflict((conflict) =>
        conflict
          .column('scope')
          .doUpdateSet((expression) => ({
            per: expression.ref('excluded.per'),
            allowed: expression.ref('excluded.allowed'),
            remaining: expression.ref('excluded.remaining'),
            reset_at: expression.ref('excluded.reset_at'),
          }))
          .where(supersedesKnown(this.#resources.clock.now())),
      )
      .execute();
  }

  async of(owners: readonly LimitOwner[]): Promise<readonly TimedBudget[]> {
    if (owners.length === 0) return [];
    const rows = await this.#resources.store.database
      .selectFrom('rate_budgets')
      .selectAll()
      .where('budget_key', 'in', [...new Set(owners.map(({ key }) => key))])
      .where('reset_at', '>', this.#resources.clock.now().getTime())
      .orderBy('scope')
      .execute();
    return rows.filter(({ scope }) => owners.some((owner) => isOwnedBy(scope, owner))).map(toBudget);
  }

  #ask(): Asking {
    const scopes = new Set<string>();
    const found = Promise.resolve().then(() => {
      this.#asking = undefined;
      return this.#find([...scopes]);
    });
    return { scopes, found };
  }

  async #find(scopes: readonly string[]): Promise<ReadonlyMap<string, RateBudget>> {
    const rows = await this.#resources.store.database
      .selectFrom('rate_budgets')
      .selectAll()
      .where('scope', 'in', scopes)
      .execute();
    return new Map(rows.map((row) => [row.scope, toBudget(row)]));
  }
}

/** `supersedesBudget`, decided by the database, so that of two processes that write at once neither undoes the other. */
function supersedesKnown(now: Date): RawBuilder<SqlBool> {
  const nowMs = now.getTime();
  return sql<SqlBool>`
    rate_budgets.reset_at <= ${nowMs}
    or (
      excluded.reset_at > ${nowMs}
      and (
        excluded.remaining < rate_budgets.remaining
        or (excluded.remaining = rate_budgets.remaining and excluded.reset_at > rate_budgets.reset_at)
      )
    )`;
}

function toRow(scope: string, { per, limit, remaining, resetAt }: TimedBudget): RateBudgetRow {
  return {
    scope,
    budget_key: keyOf(scope) ?? null,
    per,
    allowed: Math.floor(limit),
    remaining: Math.floor(remaining),
    reset_at: resetAt.getTime(),
  };
}

function toBudget({ scope, per, allowed, remaining, reset_at }: RateBudgetRow): TimedBudget {
  return { scope, per, limit: allowed, remaining, resetAt: new Date(reset_at) };
}
