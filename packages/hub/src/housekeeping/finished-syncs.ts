import type { Resources } from '../resources.js';
import { openStates } from '../syncs/sync-view.js';
import { listedAtMost } from '../syncs/syncs.js';
import type { Chore } from './chore.js';

const dayMs = 24 * 3_600_000;
const keptMs = 30 * dayMs;
const peopleAtOnce = 100;
const batchSize = 500;

/**
 * Forgets the syncs that ended more than 30 days ago, but for those that a person is shown: the latest of each stay
 * however old they are, so that it can be told when they last synchronized.
 */
export class FinishedSyncs implements Chore {
  readonly name = 'finished syncs';
  readonly everyMs = dayMs;
  readonly failure = 'Old syncs could not be deleted.';
  readonly #resources: Pick<Resources, 'store' | 'clock'>;

  constructor(resources: Pick<Resources, 'store' | 'clock'>) {
    this.#resources = resources;
  }

  async *batches(): AsyncGenerator<void> {
    const before = this.#resources.clock.now().getTime() - keptMs;
    for await (const personId of this.#people(before)) {
      while (await this.#deleteSome(personId, before)) yield;
      yield;
    }
  }

  /** Who has any that are old. */
  async *#people(before: number): AsyncGenerator<string> {
    for (let after = ''; ;) {
      const rows = await this.#resources.store.database
        .selectFrom('syncs')
        .select('person_id')
        .distinct()
        .where('person_id', '>', after)
        .where('created_at', '<', before)
        .orderBy('person_id')
        .limit(peopleAtOnce)
        .execute();
      yield* rows.map((row) => row.person_id);
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.person_id;
    }
  }

  /** Says whether there may be more. */
  async #deleteSome(personId: string, before: number): Promise<boolean> {
    return this.#resources.store.database.transaction().execute(async (transaction) => {
      const oldestShown = await transaction
        .selectFrom('syncs')
        .select('created_at')
        .where('person_id', '=', personId)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .offset(listedAtMost - 1)
        .limit(1)
        .executeTakeFirst();
      if (oldestShown === undefined) return false;
      const rows = await transaction
        .selectFrom('syncs')
        .select('id')
        .where('person_id', '=', personId)
        .where('created_at', '<', Math.min(before, oldestShown.created_at))
        // An ended sync never opens again: what asks for one more begins another.
        .where((expression) =>
          expression.not(
            expression.exists(
              expression
                .selectFrom('sync_tasks')
                .select('sync_tasks.id')
                .whereRef('sync_tasks.sync_id', '=', 'syncs.id')
                .where('sync_tasks.state', 'in', openStates),
            ),
          ),
        )
        .orderBy('created_at')
        .orderBy('id')
        .limit(batchSize)
        .execute();
      if (rows.length === 0) return false;
      const ids = rows.map((row) => row.id);
      // Tasks before syncs: the order in which everybody locks them.
      await transaction.deleteFrom('sync_tasks').where('sync_id', 'in', ids).execute();
      await transaction.deleteFrom('syncs').where('id', 'in', ids).execute();
      return rows.length === batchSize;
    });
  }
}
