import type { Chore } from '../housekeeping/chore.js';
import type { Resources } from '../resources.js';

const hourMs = 3_600_000;
const batchSize = 500;

/** Forgets what was left of windows that have ended, of accounts that nobody uses any more. */
export class EndedRateBudgets implements Chore {
  readonly name = 'ended rate budgets';
  readonly everyMs = hourMs;
  readonly failure = 'Rate budgets that have ended could not be deleted.';
  readonly #resources: Pick<Resources, 'store' | 'clock'>;

  constructor(resources: Pick<Resources, 'store' | 'clock'>) {
    this.#resources = resources;
  }

  async *batches(): AsyncGenerator<void> {
    const now = this.#resources.clock.now().getTime();
    while (await this.#deleteSome(now)) yield;
  }

  /** Says whether there may be more. */
  async #deleteSome(now: number): Promise<boolean> {
    const { numDeletedRows } = await this.#resources.store.database
      .deleteFrom('rate_budgets')
      .where('scope', 'in', (expression) =>
        expression.selectFrom('rate_budgets').select('scope').where('reset_at', '<=', now).limit(batchSize),
      )
      // A window may have begun meanwhile.
      .where('reset_at', '<=', now)
      .executeTakeFirstOrThrow();
    return numDeletedRows === BigInt(batchSize);
  }
}
