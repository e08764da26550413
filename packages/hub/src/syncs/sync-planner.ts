import { HubError } from '../errors.js';
import type { Resources } from '../resources.js';
import type { SyncTaskRow } from '../store/schema.js';
import type { Queries } from '../store/store.js';
import { noError } from './sync-task-error.js';
import type { Ends } from './sync-ends.js';
import { endsOf, taskEndsOf } from './sync-ends.js';
import { openStates } from './sync-view.js';
import { idsOf, isRetry, signInAgain, unstarted, updateTasks, wakeRetries } from './task-changes.js';
import { touchSyncs } from './touch-syncs.js';

/** What is to happen once the transaction that planned it has been committed. */
export interface SyncPlan {
  readonly changedSyncs: readonly string[];
  /** Attempts that have lost their right to write. */
  readonly stop: readonly string[];
  readonly queue: readonly string[];
  /** Tasks and syncs that have ended by this. */
  readonly ended?: Ends;
}

const nothingPlanned: SyncPlan = { changedSyncs: [], stop: [], queue: [] };

/** Decides which tasks a request needs. Every method runs inside the caller's transaction. */
export class SyncPlanner {
  readonly #resources: Resources;

  constructor(resources: Resources) {
    this.#resources = resources;
  }

  /**
   * A task for each connection of the person. Joins the sync that is open: tasks that are open stay as they are, those
   * that have ended are run again, because another may keep the sync open for hours, and what is missing is added. Those
   * that would be tried again later, because the forge was out of reach, are tried now.
   *
   * @throws HubError `not_connected` when there is nothing to synchronize.
   */
  async start(transaction: Queries, personId: string): Promise<SyncPlan & { readonly syncId: string }> {
    const connections = await transaction
      .selectFrom('connections')
      .select(['id', 'git_provider_id'])
      .where('person_id', '=', personId)
      .orderBy('id')
      // One that is being ended meanwhile would leave a task behind that nobody ever ends.
      .forShare()
      .execute();
    if (connections.length === 0) {
      throw new HubError(
        'not_connected',
        'You are signed in to no git provider, so there is nothing to synchronize. Sign in to one first.',
      );
    }
    const { syncId, queue } = await this.#join(transaction, personId, connections);
    const woken = await wakeRetries(transaction, syncId);
    await touchSyncs(transaction, [syncId]);
    return { syncId, changedSyncs: [syncId], stop: [], queue: [...queue, ...woken] };
  }

  /**
   * A task for each of these connections, whoever's they are, for what starts without anybody asking: each joins its
   * person's open sync as above. Connections that are no more are passed over.
   */
  async startFor(transaction: Queries, connectionIds: readonly string[]): Promise<SyncPlan> {
    if (connectionIds.length === 0) return { changedSyncs: [], stop: [], queue: [] };
    const connections = await transaction
      .selectFrom('connections')
      .select(['id', 'git_provider_id', 'person_id'])
      .where('id', 'in', connectionIds)
      .orderBy('id')
      .forShare()
      .execute();
    const changedSyncs: string[] = [];
    const queue: string[] = [];
    // In one order, as each person's open sync is locked.
    for (const personId of [...new Set(connections.map(({ person_id }) => person_id))].toSorted()) {
      const own = connections.filter(({ person_id }) => person_id === personId);
      const joined = await this.#join(transaction, personId, own);
      changedSyncs.push(joined.syncId);
      queue.push(...joined.queue);
    }
    await touchSyncs(transaction, changedSyncs.toSorted());
    return { changedSyncs, stop: [], queue };
  }

  /** A fresh task for one connection, whose credential has just changed: what ran with the former one stops. */
  async signIn(
    transaction: Queries,
    personId: string,
    connection: { readonly id: string; readonly git_provider_id: string },
  ): Promise<SyncPlan & { readonly syncId: string }> {
    const syncId = await this.#openSync(transaction, personId);
    const tasks = await this.#tasksOf(transaction, syncId);
    const former = tasks.find((task) => task.connection_id === connection.id);
    const taskId =
      former === undefined
        ? await this.#addTask(transaction, syncId, connection)
        : await this.#requeue(transaction, former.id);
    await touchSyncs(transaction, [syncId]);
    return { syncId, changedSyncs: [syncId], stop: [taskId], queue: [taskId] };
  }

  /** Ends the open tasks of connections that are no more. */
  async signOut(transaction: Queries, connectionIds: readonly string[]): Promise<SyncPlan> {
    if (connectionIds.length === 0) return nothingPlanned;
    const open = await transaction
      .selectFrom('sync_tasks')
      .select(['id', 'sync_id'])
      .where('connection_id', 'in', connectionIds)
      .where('state', 'in', openStates)
      .orderBy('id')
      .forUpdate()
      .execute();
    return this.#cancelTasks(transaction, open);
  }

  /**
   * Ends the open tasks of a sync, because its person wants no more of it. What they have made visible so far stays.
   *
   * @throws HubError `not_found`, also for another person's.
   */
  async cancel(transaction: Queries, personId: string, syncId: string): Promise<SyncPlan> {
    const sync = await transaction
      .selectFrom('syncs')
      .select('id')
      .where('id', '=', syncId)
      .where('person_id', '=', personId)
      .executeTakeFirst();
    if (sync === undefined) throw new HubError('not_found', 'There is no such sync of yours.');
    const open = await transaction
      .selectFrom('sync_tasks')
      .select(['id', 'sync_id'])
      .where('sync_id', '=', syncId)
      .where('state', 'in', openStates)
      .orderBy('id')
      .forUpdate()
      .execute();
    return this.#cancelTasks(transaction, open);
  }

  /** Open tasks whose settings have just changed: those of parked connections end, and those that run begin again. */
  async settingsChange(
    transaction: Queries,
    gitProviderId: string,
    parkedConnectionIds: readonly string[],
  ): Promise<SyncPlan> {
    const open = await transaction
      .selectFrom('sync_tasks')
      .select(['id', 'sync_id', 'connection_id', 'state', 'error_kind'])
      .where('git_provider_id', '=', gitProviderId)
      .where('state', 'in', openStates)
      .orderBy('id')
      .forUpdate()
      .execute();
    const isParked = new Set(parkedConnectionIds);
    const parked = open.filter((task) => isParked.has(task.connection_id));
    // Taken out of its hands, so that an attempt that has passed its fence just now is told at its next step. What
    // kept the forge out of reach may be what was changed.
    const running = open.filter(
      (task) => (task.state === 'running' || isRetry(task)) && !isParked.has(task.connection_id),
    );
    const finished_at = this.#resources.clock.now().getTime();
    await updateTasks(transaction, idsOf(parked), { ...unstarted, ...signInAgain, finished_at });
    await updateTasks(transaction, idsOf(running), unstarted);
    const changedSyncs = [...new Set([...parked, ...running].map((task) => task.sync_id))].toSorted();
    await touchSyncs(transaction, changedSyncs);
    const ended = {
      tasks: await taskEndsOf(transaction, idsOf(parked)),
      syncs: await endsOf(transaction, parked.length === 0 ? [] : changedSyncs),
    };
    return { changedSyncs, stop: [...idsOf(parked), ...idsOf(running)], queue: idsOf(running), ended };
  }

  async #cancelTasks(
    transaction: Queries,
    tasks: readonly Pick<SyncTaskRow, 'id' | 'sync_id'>[],
  ): Promise<SyncPlan> {
    if (tasks.length === 0) return nothingPlanned;
    await updateTasks(transaction, idsOf(tasks), {
      state: 'cancelled',
      waiting_until: null,
      resume: null,
      ...noError,
      finished_at: this.#resources.clock.now().getTime(),
    });
    const changedSyncs = [...new Set(tasks.map((task) => task.sync_id))].toSorted();
    await touchSyncs(transaction, changedSyncs);
    const ended = {
      tasks: await taskEndsOf(transaction, idsOf(tasks)),
      syncs: await endsOf(transaction, changedSyncs),
    };
    return { changedSyncs, stop: idsOf(tasks), queue: [], ended };
  }

  async #join(
    transaction: Queries,
    personId: string,
    connections: readonly { readonly id: string; readonly git_provider_id: string }[],
  ): Promise<{ readonly syncId: string; readonly queue: readonly string[] }> {
    const syncId = await this.#openSync(transaction, personId);
    const tasks = await this.#tasksOf(transaction, syncId);
    const queue: string[] = [];
    for (const connection of connections) {
      const task = tasks.find((candidate) => candidate.connection_id === connection.id);
      if (task === undefined) queue.push(await this.#addTask(transaction, syncId, connection));
      else if (task.finished_at !== null) queue.push(await this.#requeue(transaction, task.id));
    }
    return { syncId, queue };
  }

  /** A person has one open sync at a time. */
  async #openSync(transaction: Queries, personId: string): Promise<string> {
    await this.#resources.store.lock(transaction, `open sync of ${personId}`);
    const open = await transaction
      .selectFrom('syncs')
      .innerJoin('sync_tasks', 'sync_tasks.sync_id', 'syncs.id')
      .select('syncs.id')
      .where('syncs.person_id', '=', personId)
      .where('sync_tasks.state', 'in', openStates)
      .limit(1)
      // A task that ended meanwhile would leave a sync that has ended and goes on.
      .forUpdate('sync_tasks')
      .executeTakeFirst();
    if (open !== undefined) return open.id;
    const { newId, clock } = this.#resources;
    const id = newId();
    await transaction
      .insertInto('syncs')
      .values({ id, person_id: personId, revision: 0, created_at: clock.now().getTime() })
      .execute();
    return id;
  }

  #tasksOf(
    transaction: Queries,
    syncId: string,
  ): Promise<Pick<SyncTaskRow, 'id' | 'connection_id' | 'finished_at'>[]> {
    return transaction
      .selectFrom('sync_tasks')
      .select(['id', 'connection_id', 'finished_at'])
      .where('sync_id', '=', syncId)
      .execute();
  }

  async #addTask(
    transaction: Queries,
    syncId: string,
    connection: { readonly id: string; readonly git_provider_id: string },
  ): Promise<string> {
    const { newId, clock } = this.#resources;
    const id = newId();
    await transaction
      .insertInto('sync_tasks')
      .values({
        id,
        sync_id: syncId,
        connection_id: connection.id,
        git_provider_id: connection.git_provider_id,
        attempt: 0,
        created_at: clock.now().getTime(),
        ...unstarted,
      })
      .execute();
    return id;
  }

  async #requeue(transaction: Queries, taskId: string): Promise<string> {
    await transaction.updateTable('sync_tasks').set(unstarted).where('id', '=', taskId).execute();
    return taskId;
  }
}
