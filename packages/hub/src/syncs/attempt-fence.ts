import type { ExpressionBuilder, UpdateObject } from 'kysely';
import type { TaskEnd } from '../measurements.js';
import type { Resources } from '../resources.js';
import type { ConnectionRow, Schema } from '../store/schema.js';
import type { Queries } from '../store/store.js';
import type { SyncAttempt } from './sync-attempt.js';
import { SupersededError } from './sync-attempt.js';
import type { SyncChanges } from './sync-changes.js';
import { endsOf } from './sync-ends.js';
import { touchSyncs } from './touch-syncs.js';

type TaskValues = UpdateObject<Schema, 'sync_tasks'>;
export type TaskChange = TaskValues | ((expression: ExpressionBuilder<Schema, 'sync_tasks'>) => TaskValues);

export interface ConnectionCondition {
  /** Only while its credential is not refused. */
  readonly unlessRefused?: boolean | undefined;
  /** Only while it shows this generation. */
  readonly showing?: string | undefined;
}

/** Lets an attempt write for as long as it is the one that may. */
export class AttemptFence {
  readonly #resources: Resources;
  readonly #changes: SyncChanges;

  constructor(resources: Resources, changes: SyncChanges) {
    this.#resources = resources;
    this.#changes = changes;
  }

  /** A transaction of the attempt's, of which whoever watches its sync is told. It has to change the task. */
  write<Result>(attempt: SyncAttempt, work: (transaction: Queries) => Promise<Result>): Promise<Result> {
    return this.#write(attempt, async (transaction) => {
      const done = await work(transaction);
      await touchSyncs(transaction, [attempt.syncId]);
      return done;
    });
  }

  /** The same for one that ends the task. */
  async end(
    attempt: SyncAttempt,
    end: Pick<TaskEnd, 'state' | 'errorKind'>,
    work: (transaction: Queries) => Promise<void>,
  ): Promise<void> {
    const syncs = await this.#write(attempt, async (transaction) => {
      await work(transaction);
      await touchSyncs(transaction, [attempt.syncId]);
      return endsOf(transaction, [attempt.syncId]);
    });
    const { measurements, clock } = this.#resources;
    const { providerType, startedAt } = attempt;
    const durationMs = clock.now().getTime() - startedAt.getTime();
    measurements.taskEnded({ ...end, providerType, durationMs });
    for (const state of syncs) measurements.syncEnded({ state });
  }

  async #write<Result>(
    attempt: SyncAttempt,
    work: (transaction: Queries) => Promise<Result>,
  ): Promise<Result> {
    const result = await this.#resources.store.database.transaction().execute(work);
    this.#changes.notify([attempt.syncId]);
    return result;
  }

  /**
   * Changes the attempt's task, if it is still the attempt's, and the sign-in and the settings are those that it began
   * with. Before all that the attempt writes in a transaction, except to its connection.
   *
   * @throws SupersededError
   */
  async changeTask(transaction: Queries, attempt: SyncAttempt, change: TaskChange): Promise<void> {
    const { numUpdatedRows } = await transaction
      .updateTable('sync_tasks')
      .set(change)
      .where('id', '=', attempt.taskId)
      .where('attempt', '=', attempt.attempt)
      .where('state', '=', 'running')
      .where((expression) =>
        expression.exists(
          expression
            .selectFrom('connections')
            .select('connections.id')
            .where('connections.id', '=', attempt.connectionId)
            .where('connections.epoch', '=', attempt.epoch),
        ),
      )
      .where((expression) =>
        expression.exists(
          expression
            .selectFrom('git_providers')
            .select('git_providers.id')
            .where('git_providers.id', '=', attempt.gitProviderId)
            .where('git_providers.listing_version', '=', attempt.settingsVersion),
        ),
      )
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw new SupersededError();
  }

  /** Changes the attempt's connection. Before the task, like everybody who changes both. @throws SupersededError */
  async changeConnection(
    transaction: Queries,
    attempt: SyncAttempt,
    change: Partial<ConnectionRow>,
    { unlessRefused = false, showing }: ConnectionCondition = {},
  ): Promise<void> {
    const { numUpdatedRows } = await transaction
      .updateTable('connections')
      .set(change)
      .where('id', '=', attempt.connectionId)
      .where('epoch', '=', attempt.epoch)
      .$if(unlessRefused, (update) => update.where('credential_refused', '=', 0))
      .$if(showing !== undefined, (update) => update.where('visible_generation', '=', showing ?? ''))
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw new SupersededError();
  }
}
