import { describeFault } from '../describe-fault.js';
import { HubError } from '../errors.js';
import type { Resources } from '../resources.js';
import { inOneSnapshot } from '../store/one-snapshot.js';
import type { SyncRow } from '../store/schema.js';
import type { Queries } from '../store/store.js';
import type { GenerationSweeper } from './generation-sweeper.js';
import type { JobQueue } from './job-queue.js';
import type { Listening, SyncChanges } from './sync-changes.js';
import type { OpenTasks } from './open-tasks.js';
import { countOpenTasks } from './open-tasks.js';
import { tellEnds } from './sync-ends.js';
import type { SyncPlan } from './sync-planner.js';
import { SyncPlanner } from './sync-planner.js';
import type { ConfiguredTaskRow, Sync } from './sync-view.js';
import { toSync } from './sync-view.js';
import { watchSync } from './watch-sync.js';

/** How many of a person's syncs can be looked up. */
export const listedAtMost = 20;

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

/** The runs that fetch people's repositories and permissions. */
export interface SyncService {
  /**
   * Synchronizes every git provider that the person is signed in to. While a sync is open, asking again joins it: what
   * is queued, running or waiting in it goes on, and everything else is run in it, again where it has ended. What waits
   * because a forge was out of reach is tried now.
   *
   * @throws HubError `not_connected`.
   */
  start(personId: string): Promise<Sync>;
  /**
   * Ends what is open of a sync, in whichever process it runs, as `cancelled`. A task that ends by itself just then has
   * ended as it has. What people see stays: with the policy `revoke-first` that is what was confirmed so far. A sync that
   * has ended is returned as it is.
   *
   * @throws HubError `not_found`, also for another person's.
   */
  cancel(personId: string, syncId: string): Promise<Sync>;
  /** @throws HubError `not_found`, also for another person's. */
  get(personId: string, id: string): Promise<Sync>;
  /** The latest ones, newest first. */
  list(personId: string): Promise<readonly Sync[]>;
  /**
   * Resolves with the sync as soon as its revision is later than `after`, at once without `after` and where it has
   * ended; with the sync as it is after `maxWaitMs`. Rejects with the signal's reason.
   *
   * @throws HubError `not_found`; `closed` when the hub stops.
   */
  changed(personId: string, id: string, options?: WatchOptions): Promise<Sync>;
  /**
   * The sync as it is, unless that is the revision `after`, and then as it is after each change, the last one always, and
   * no more than four times a second; until it has ended. Nothing is read ahead of whoever iterates. Throws the signal's
   * reason.
   *
   * @throws HubError `not_found`; `closed` when the hub stops.
   */
  watch(personId: string, id: string, options?: Omit<WatchOptions, 'maxWaitMs'>): AsyncIterable<Sync>;
  /** How much work there is, of everybody and in all processes: for those who look after the servers. */
  openTasks(): Promise<readonly OpenTasks[]>;
}

export class Syncs implements SyncService {
  readonly #parts: SyncsParts;
  readonly #planner: SyncPlanner;

  constructor(parts: SyncsParts) {
    this.#parts = parts;
    this.#planner = new SyncPlanner(parts.resources);
  }

  async start(personId: string): Promise<Sync> {
    const plan = await this.#parts.resources.store.database
      .transaction()
      .execute((transaction) => this.#planner.start(transaction, personId));
    await this.carryOut(plan);
    return this.get(personId, plan.syncId);
  }

  async cancel(personId: string, syncId: string): Promise<Sync> {
    const plan = await this.#parts.resources.store.database
      .transaction()
      .execute((transaction) => this.#planner.cancel(transaction, personId, syncId));
    if (plan.changedSyncs.length > 0) await this.carryOut(plan);
    return this.get(personId, syncId);
  }

  async get(personId: string, id: string): Promise<Sync> {
    // So that the revision is that of the tasks.
    const sync = await inOneSnapshot(this.#parts.resources.store.database, async (snapshot) => {
      const row = await snapshot
        .selectFrom('syncs')
        .selectAll()
        .where('id', '=', id)
        .where('person_id', '=', personId)
        .executeTakeFirst();
      return row === undefined ? undefined : toSync(row, await tasksOf(snapshot, [row]));
    });
    if (sync === undefined) throw new HubError('not_found', 'There is no such sync of yours.');
    return sync;
  }

  async list(personId: string): Promise<readonly Sync[]> {
    return inOneSnapshot(this.#parts.resources.store.database, async (snapshot) => {
      const rows = await snapshot
        .selectFrom('syncs')
        .selectAll()
        .where('person_id', '=', personId)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(listedAtMost)
        .execute();
      const tasks = await tasksOf(snapshot, rows);
      return rows.map((row) =>
        toSync(
          row,
          tasks.filter((task) => task.sync_id === row.id),
        ),
      );
    });
  }

  async changed(personId: string, id: string, options: WatchOptions = {}): Promise<Sync> {
    const { after = -1, maxWaitMs, signal } = options;
    const { changes, resources } = this.#parts;
    let listening: Listening | undefined;
    // Listeners that are taken away again, never `AbortSignal.any`: the caller's signal may outlive many calls.
    const wake = (): void => {
      listening?.wake();
    };
    const patience = new AbortController();
    const timer = new AbortController();
    signal?.addEventListener('abort', wake);
    if (maxWaitMs !== undefined) {
      const giveUp = (): void => {
        patience.abort();
        wake();
      };
      void resources.clock.sleep(maxWaitMs, timer.signal).then(giveUp, () => undefined);
    }
    try {
      for (;;) {
        signal?.throwIfAborted();
        // Listening begins before reading, so that no change falls between.
        listening = changes.listen(id);
        try {
          const sync = await this.get(personId, id);
          if (sync.revision > after || sync.finishedAt !== undefined || patience.signal.aborted) return sync;
          await listening.happened;
        } finally {
          listening.stop();
        }
      }
    } finally {
      signal?.removeEventListener('abort', wake);
      timer.abort();
    }
  }

  watch(personId: string, id: string, options?: Omit<WatchOptions, 'maxWaitMs'>): AsyncIterable<Sync> {
    return watchSync({ syncs: this, clock: this.#parts.resources.clock }, personId, id, options);
  }

  openTasks(): Promise<readonly OpenTasks[]> {
    return countOpenTasks(this.#parts.resources.store.database);
  }

  /** Ends the waiting of those who watch, and of those who come later, with `closed`. */
  stopWatching(): void {
    this.#parts.changes.close(HubError.closed());
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
  planSignOut(transaction: Queries, connectionIds: readonly string[]): Promise<SyncPlan> {
    return this.#planner.signOut(transaction, connectionIds);
  }

  /** For the transaction that changes a git provider's settings. The caller carries the plan out after the commit. */
  planSettingsChange(
    transaction: Queries,
    gitProviderId: string,
    parkedConnectionIds: readonly string[],
  ): Promise<SyncPlan> {
    return this.#planner.settingsChange(transaction, gitProviderId, parkedConnectionIds);
  }

  /**
   * What was planned is in the store already: when this process dies now, the next start does the rest. For the same
   * reason it never throws: what it follows has been done.
   */
  async carryOut(plan: SyncPlan): Promise<void> {
    const { resources, changes, queue, sweeper } = this.#parts;
    await changes.stop(plan.stop);
    if (plan.ended !== undefined) tellEnds(resources.measurements, plan.ended);
    try {
      await Promise.all(plan.queue.map((taskId) => queue.add(taskId)));
    } catch (error) {
      resources.logger.warn(
        { error: describeFault(error) },
        'Sync tasks were planned, but not all are queued.',
      );
    }
    changes.notify(plan.changedSyncs);
    // A sign-in or sign-out may have left a list that nobody shows any more; what only starts has left none.
    if (plan.stop.length > 0 || plan.queue.length === 0) sweeper.sweepInBackground();
  }
}

async function tasksOf(snapshot: Queries, syncs: readonly SyncRow[]): Promise<ConfiguredTaskRow[]> {
  if (syncs.length === 0) return [];
  return snapshot
    .selectFrom('sync_tasks')
    .innerJoin('git_providers', 'git_providers.id', 'sync_tasks.git_provider_id')
    .selectAll('sync_tasks')
    .select('git_providers.config')
    .where(
      'sync_tasks.sync_id',
      'in',
      syncs.map((sync) => sync.id),
    )
    .orderBy('git_providers.name_key')
    .orderBy('sync_tasks.id')
    .execute();
}
