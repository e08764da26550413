import { HubError } from '../errors.js';
import type { Resources } from '../resources.js';
import type { SyncRow, SyncTaskRow } from '../store/schema.js';
import type { Queries } from '../store/store.js';
import type { GenerationSweeper } from './generation-sweeper.js';
import type { JobQueue } from './job-queue.js';
import type { SyncChanges } from './sync-changes.js';
import type { SyncPlan } from './sync-planner.js';
import { SyncPlanner } from './sync-planner.js';
import type { Sync } from './sync-view.js';
import { toSync } from './sync-view.js';

const listedAtMost = 20;

export interface SyncsParts {
  readonly resources: Resources;
  readonly changes: SyncChanges;
  readonly queue: JobQueue;
  readonly sweeper: GenerationSweeper;
}

export interface WatchOptions {
  /** A revision that the caller has seen. */
  readonly after?: number | undefined;
  /** Milliseconds; for ever when absent. */
  readonly maxWaitMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export class Syncs {
  readonly #parts: SyncsParts;
  readonly #planner: SyncPlanner;
  readonly #closing = new AbortController();

  constructor(parts: SyncsParts) {
    this.#parts = parts;
    this.#planner = new SyncPlanner(parts.resources);
  }

  /**
   * Synchronizes every git provider that the person is signed in to. While a sync is open, asking again joins it, and
   * adds what is missing or has failed.
   *
   * @throws HubError `not_connected`.
   */
  async start(personId: string): Promise<Sync> {
    const plan = await this.#parts.resources.store.database
      .transaction()
      .execute((transaction) => this.#planner.start(transaction, personId));
    await this.carryOut(plan);
    return this.get(personId, plan.syncId);
  }

  /** @throws HubError `not_found`, also for another person's. */
  async get(personId: string, id: string): Promise<Sync> {
    // One transaction, so that the revision is that of the tasks.
    const sync = await this.#parts.resources.store.database.transaction().execute(async (transaction) => {
      const row = await transaction
        .selectFrom('syncs')
        .selectAll()
        .where('id', '=', id)
        .where('person_id', '=', personId)
        .executeTakeFirst();
      return row === undefined ? undefined : toSync(row, await tasksOf(transaction, [row]));
    });
    if (sync === undefined) throw new HubError('not_found', 'There is no such sync of yours.');
    return sync;
  }

  /** The latest ones, newest first. */
  async list(personId: string): Promise<readonly Sync[]> {
    return this.#parts.resources.store.database.transaction().execute(async (transaction) => {
      const rows = await transaction
        .selectFrom('syncs')
        .selectAll()
        .where('person_id', '=', personId)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(listedAtMost)
        .execute();
      const tasks = await tasksOf(transaction, rows);
      return rows.map((row) =>
        toSync(
          row,
          tasks.filter((task) => task.sync_id === row.id),
        ),
      );
    });
  }

  /**
   * Resolves with the sync as soon as its revision is later than `after`, at once without `after`; with the sync as it
   * is after `maxWaitMs`. Rejects with the signal's reason.
   *
   * @throws HubError `not_found`.
   */
  async changed(personId: string, id: string, options: WatchOptions = {}): Promise<Sync> {
    const { after = -1, maxWaitMs } = options;
    const signal = AbortSignal.any([this.#closing.signal, ...(options.signal ? [options.signal] : [])]);
    const patience = new AbortController();
    const timer = new AbortController();
    if (maxWaitMs !== undefined) {
      const giveUp = (): void => {
        patience.abort();
      };
      void this.#parts.resources.clock.sleep(maxWaitMs, timer.signal).then(giveUp, () => undefined);
    }
    const interruption = AbortSignal.any([signal, patience.signal]);
    try {
      for (;;) {
        signal.throwIfAborted();
        // Listening begins before reading, so that no change falls between.
        const listening = this.#parts.changes.listen(id, interruption);
        try {
          const sync = await this.get(personId, id);
          if (sync.revision > after || patience.signal.aborted) return sync;
          await listening.happened;
        } finally {
          listening.stop();
        }
      }
    } finally {
      timer.abort();
    }
  }

  /** Ends the waiting of those who watch. */
  close(): void {
    this.#closing.abort(new HubError('closed', 'The server is stopping. Ask again when it is back.'));
  }

  /** For the transaction of a new sign-in. The caller carries the plan out after the commit. */
  planSignIn(
    transaction: Queries,
    personId: string,
    connection: { readonly id: string; readonly git_provider_id: string },
  ): Promise<SyncPlan & { readonly syncId: string }> {
    return this.#planner.signIn(transaction, personId, connection);
  }

  /** For the transaction of a sign-out. The caller carries the plan out after the commit. */
  planSignOut(transaction: Queries, connectionId: string): Promise<SyncPlan> {
    return this.#planner.signOut(transaction, connectionId);
  }

  /** What was planned is in the store already: when this process dies now, the next start does the rest. */
  async carryOut(plan: SyncPlan): Promise<void> {
    const { changes, queue, sweeper } = this.#parts;
    for (const taskId of plan.stop) await queue.cancel(taskId);
    for (const taskId of plan.queue) await queue.add(taskId);
    changes.notify(plan.changedSyncs);
    if (plan.stop.length > 0) sweeper.sweepInBackground();
  }
}

async function tasksOf(transaction: Queries, syncs: readonly SyncRow[]): Promise<SyncTaskRow[]> {
  if (syncs.length === 0) return [];
  return transaction
    .selectFrom('sync_tasks')
    .selectAll()
    .where(
      'sync_id',
      'in',
      syncs.map((sync) => sync.id),
    )
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}
