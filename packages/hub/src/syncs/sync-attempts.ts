import type { Resources } from '../resources.js';
import { fromJson, fromNullableJson } from '../store/json.js';
import type { GitProviderRow, SyncTaskRow } from '../store/schema.js';
import type { Queries } from '../store/store.js';
import { addGeneration } from './listed-generation.js';
import type { SyncAttempt } from './sync-attempt.js';
import { nothingListed, passesAtMost, showingUnconfirmed } from './sync-attempt.js';
import type { SyncChanges } from './sync-changes.js';
import { errorColumns, noError } from './sync-task-error.js';
import type { SyncRunner } from './sync-runner.js';
import { isOrphaned } from './sync-runner.js';
import { endsOf, taskEndsOf, tellEnds } from './sync-ends.js';
import { touchSyncs } from './touch-syncs.js';

/** A task whose attempts keep dying before their first page may be what kills them; it is not tried for ever. */
const interruptionsAtMost = 50;

/** How many tasks that are due are listed at a time; the others are when these are done. */
const dueAtOnce = 500;

/** Somebody has changed the task since it was read. */
class ChangedTaskError extends Error {
  override readonly name = 'ChangedTaskError';
}

/** How tasks pass from hand to hand: taken up, given back, and found again after a crash. */
export class SyncAttempts {
  readonly #resources: Resources;
  readonly #changes: SyncChanges;
  readonly #runner: SyncRunner;

  constructor(resources: Resources, changes: SyncChanges, runner: SyncRunner) {
    this.#resources = resources;
    this.#changes = changes;
    this.#runner = runner;
  }

  /**
   * Takes up a task that is queued, or has waited until its time: where its last attempt stopped, when the sign-in and
   * the settings are the same and the forge said how to go on, else from the start. Undefined when there is nothing to do.
   */
  async take(taskId: string): Promise<SyncAttempt | undefined> {
    const taken = await this.#takeUnchanged(taskId);
    if (taken !== undefined) {
      this.#runner.running.took(taken);
      this.#changes.notify([taken.syncId]);
    }
    return taken;
  }

  /** A task cannot be locked before its connection, so it is taken only if nobody has changed it since it was read. */
  async #takeUnchanged(taskId: string): Promise<SyncAttempt | undefined> {
    for (;;) {
      try {
        return await this.#takeOnce(taskId);
      } catch (error) {
        if (!(error instanceof ChangedTaskError)) throw error;
      }
    }
  }

  /** When a task is to be taken up that waits for its time; undefined for any other. */
  async waitsUntil(taskId: string): Promise<Date | undefined> {
    const task = await this.#resources.store.database
      .selectFrom('sync_tasks')
      .select('waiting_until')
      .where('id', '=', taskId)
      .where('state', '=', 'waiting')
      .executeTakeFirst();
    return typeof task?.waiting_until === 'number' ? new Date(task.waiting_until) : undefined;
  }

  #takeOnce(taskId: string): Promise<SyncAttempt | undefined> {
    return this.#resources.store.database.transaction().execute(async (transaction) => {
      const now = this.#resources.clock.now().getTime();
      const task = await findOpenTask(transaction, taskId, now);
      if (task === undefined) return undefined;
      const { connection_epoch: epoch, listing_version: settingsVersion } = task;
      const goesOn =
        task.epoch === epoch &&
        task.settings_version === settingsVersion &&
        // With a refused credential the forge, or who keeps the sign-in, has to say so again: it is not gone on with.
        task.credential_refused === 0 &&
        isUnderWay(task);
      const revokesFirst = task.sync_policy === 'revoke-first';
      const generation = goesOn && task.generation !== null ? task.generation : this.#resources.newId();
      if (generation !== task.generation) {
        const begun = {
          id: generation,
          connection_id: task.connection_id,
          git_provider_id: task.git_provider_id,
          listing_version: settingsVersion,
          created_at: now,
        };
        await addGeneration(transaction, begun, { revokesFirst });
      }
      if (revokesFirst && generation !== task.generation) {
        await lockConnection(transaction, task.connection_id);
      }
      const attempt = task.attempt + 1;
      const { numUpdatedRows } = await transaction
        .updateTable('sync_tasks')
        .set({
          ...(goesOn ? {} : nothingListed),
          ...noError,
          state: 'running',
          runner_id: this.#runner.id,
          attempt,
          epoch,
          settings_version: settingsVersion,
          generation,
          waiting_until: null,
          started_at: task.started_at ?? now,
        })
        .where('id', '=', taskId)
        .where('attempt', '=', task.attempt)
        // Whoever has it begin anew takes its generation away.
        .where('generation', task.generation === null ? 'is' : '=', task.generation)
        .where('state', 'in', ['queued', 'waiting'])
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) throw new ChangedTaskError();
      if (revokesFirst && generation !== task.generation) {
        await transaction
          .updateTable('connections')
          .set(showingUnconfirmed(generation))
          .where('id', '=', task.connection_id)
          .where('epoch', '=', epoch)
          .execute();
      }
      await touchSyncs(transaction, [task.sync_id]);
      return {
        taskId,
        syncId: task.sync_id,
        attempt,
        connectionId: task.connection_id,
        gitProviderId: task.git_provider_id,
        providerType: task.type,
        epoch,
        settingsVersion,
        selection: { organizations: fromJson(task.organizations), patterns: fromJson(task.patterns) },
        revokesFirst,
        generation,
        resume: goesOn ? (task.resume ?? undefined) : undefined,
        omitted: goesOn ? (fromNullableJson(task.omitted) ?? []) : [],
        pass: goesOn ? task.pass : 1,
        isListed: goesOn && task.listed === 1,
        isFirst: task.started_at === null,
        startedAt: new Date(task.started_at ?? now),
        retries: task.retries,
      } satisfies SyncAttempt;
    });
  }

  /**
   * Gives a task back that nobody else has taken or ended. Says whether it was this attempt's to give.
   *
   * @param retries how often in a row it has been tried again by itself
   */
  async release(attempt: SyncAttempt, retries = attempt.retries): Promise<boolean> {
    const released = await this.#resources.store.database.transaction().execute(async (transaction) => {
      const { numUpdatedRows } = await transaction
        .updateTable('sync_tasks')
        .set({ state: 'queued', retries })
        .where('id', '=', attempt.taskId)
        .where('attempt', '=', attempt.attempt)
        .where('state', '=', 'running')
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) return false;
      await touchSyncs(transaction, [attempt.syncId]);
      return true;
    });
    if (released) this.#changes.notify([attempt.syncId]);
    return released;
  }

  /**
   * Queues what dead processes left running, and lists the tasks that nobody runs with the time to run them, oldest first.
   *
   * @param dueBy Given, it lists what should run by then, and no more than a few hundred at a time.
   */
  async recover(
    dueBy?: Date,
  ): Promise<readonly { readonly taskId: string; readonly notBefore: Date | undefined }[]> {
    const now = await this.#resources.store.now();
    const interrupted = await this.#resources.store.database.transaction().execute(async (transaction) => {
      const tasks = await this.#interrupt(transaction, now);
      const syncIds = [...new Set(tasks.map((task) => task.sync_id))].toSorted();
      await touchSyncs(transaction, syncIds);
      const ended = {
        tasks: await taskEndsOf(
          transaction,
          tasks.map(({ id }) => id),
        ),
        syncs: await endsOf(transaction, syncIds),
      };
      return { syncIds, ended };
    });
    this.#changes.notify(interrupted.syncIds);
    tellEnds(this.#resources.measurements, interrupted.ended);
    const open = await this.#resources.store.database
      .selectFrom('sync_tasks')
      .select(['id', 'waiting_until'])
      .where('state', 'in', ['queued', 'waiting'])
      .$if(dueBy !== undefined, (query) =>
        query
          .where((expression) =>
            expression.or([
              expression('state', '=', 'queued'),
              expression('waiting_until', '<=', dueBy?.getTime() ?? 0),
            ]),
          )
          .limit(dueAtOnce),
      )
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return open.map(({ id, waiting_until }) => ({
      taskId: id,
      notBefore: waiting_until === null ? undefined : new Date(waiting_until),
    }));
  }

  async #interrupt(
    transaction: Queries,
    now: number,
  ): Promise<readonly Pick<SyncTaskRow, 'id' | 'sync_id'>[]> {
    // One statement finds them and takes them, so that of two processes that look at once each takes others.
    const orphaned = await transaction
      .updateTable('sync_tasks')
      .set((expression) => ({ state: 'queued', interruptions: expression('interruptions', '+', 1) }))
      .where('state', '=', 'running')
      .where((expression) => isOrphaned(expression, now))
      .returning(['id', 'sync_id', 'interruptions'])
      .execute();
    for (const { id } of orphaned.filter(({ interruptions }) => interruptions >= interruptionsAtMost)) {
      await transaction
        .updateTable('sync_tasks')
        .set({
          state: 'interrupted',
          resume: null,
          finished_at: this.#resources.clock.now().getTime(),
          ...errorColumns({
            kind: 'internal',
            message: `The server stopped ${String(interruptionsAtMost)} times in a row while this ran, so it is not tried again by itself. Start a sync to try once more.`,
          }),
        })
        .where('id', '=', id)
        .execute();
    }
    return orphaned;
  }
}

/** Whether there is something to go on with. A listing that kept changing to the last pass is begun anew. */
function isUnderWay({ resume, pass, listed }: Pick<SyncTaskRow, 'resume' | 'pass' | 'listed'>): boolean {
  return listed === 1 ? pass < passesAtMost : resume !== null || pass > 1;
}

interface OpenTask
  extends
    SyncTaskRow,
    Pick<GitProviderRow, 'type' | 'organizations' | 'patterns' | 'sync_policy' | 'listing_version'> {
  readonly connection_epoch: number;
  readonly credential_refused: number;
}

/** A task without a connection was cancelled with it, so that it is not open. */
function findOpenTask(transaction: Queries, taskId: string, now: number): Promise<OpenTask | undefined> {
  return transaction
    .selectFrom('sync_tasks')
    .innerJoin('connections', 'connections.id', 'sync_tasks.connection_id')
    .innerJoin('git_providers', 'git_providers.id', 'sync_tasks.git_provider_id')
    .selectAll('sync_tasks')
    .select([
      'connections.epoch as connection_epoch',
      'connections.credential_refused',
      'git_providers.listing_version',
      'git_providers.type',
      'git_providers.organizations',
      'git_providers.patterns',
      'git_providers.sync_policy',
    ])
    .where('sync_tasks.id', '=', taskId)
    .where('sync_tasks.state', 'in', ['queued', 'waiting'])
    .where((where) =>
      where.or([where('sync_tasks.state', '=', 'queued'), where('sync_tasks.waiting_until', '<=', now)]),
    )
    .executeTakeFirst();
}

/** Before its task, like everybody who changes both. */
async function lockConnection(transaction: Queries, id: string): Promise<void> {
  await transaction.selectFrom('connections').select('id').where('id', '=', id).forUpdate().execute();
}
