import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { KyselyPlugin } from 'kysely';
import { sql } from 'kysely';
import type { Resources } from '../../resources.js';
import { SyncAttempts } from '../../syncs/sync-attempts.js';
import { SyncChanges } from '../../syncs/sync-changes.js';
import type { SyncPlan } from '../../syncs/sync-planner.js';
import { SyncPlanner } from '../../syncs/sync-planner.js';
import { SyncRunner } from '../../syncs/sync-runner.js';
import { SyncTasks } from '../../syncs/sync-tasks.js';
import { fakeRepositories } from '../../testing/fake-forge.js';
import { gate } from '../../testing/test-hub.js';
import { addConnection, openTestResources } from '../../testing/test-store.js';
import type { Queries } from '../store.js';

describe('what is planned for a task while somebody else has read it', () => {
  let folder: string;
  let resources: Resources;
  let planner: SyncPlanner;
  let connection: Awaited<ReturnType<typeof addConnection>>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
    planner = new SyncPlanner(resources);
    connection = await addConnection(resources);
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  const attemptsOn = (of: Resources) =>
    new SyncAttempts(of, new SyncChanges(), new SyncRunner(resources, 30_000));

  function inTransaction<Result>(work: (transaction: Queries) => Promise<Result>): Promise<Result> {
    return resources.store.database.transaction().execute(work);
  }

  const signIn = (): Promise<SyncPlan & { readonly syncId: string }> =>
    inTransaction((transaction) => planner.signIn(transaction, 'person', connection));

  async function isAnyoneWaiting(): Promise<boolean> {
    const waiting = sql`select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    return (await waiting.execute(resources.store.database)).rows.length > 0;
  }

  it('counts: it begins anew in a generation of its own', async () => {
    const [taskId = ''] = (await signIn()).queue;
    const dead = await attemptsOn(resources).take(taskId);
    if (dead === undefined) throw new Error('There is nothing to take.');
    const page = { items: fakeRepositories(2), resume: 'after-first' };
    const listed = { page, askedAt: resources.clock.now(), omitted: [] };
    await new SyncTasks(resources, new SyncChanges()).writePages(dead, [listed]);
    await attemptsOn(resources).release(dead);

    const read = gate();
    const planned = gate();
    const database = resources.store.database.withPlugin(
      afterFirst(async () => {
        read.open();
        await planned.opened;
      }),
    );
    const taking = attemptsOn({ ...resources, store: { ...resources.store, database } }).take(taskId);
    await read.opened;
    await signIn();
    planned.open();
    const taken = await taking;
    expect(taken).toMatchObject({ resume: undefined, isFirst: true });
    expect(taken?.generation).not.toBe(dead.generation);
    const generations = await resources.store.database.selectFrom('generations').select('id').execute();
    expect(generations.map(({ id }) => id).toSorted()).toEqual([dead.generation, taken?.generation]);
  });

  it('is a sync of its own where the one before is being cancelled', async () => {
    const { syncId } = await signIn();
    const cancelled = gate();
    const held = gate();
    const cancelling = inTransaction(async (transaction) => {
      await planner.cancel(transaction, 'person', syncId);
      cancelled.open();
      await held.opened;
    });
    await cancelled.opened;
    let isPlanned = false;
    const planned = () => isPlanned;
    const signingIn = signIn().finally(() => {
      isPlanned = true;
    });
    while (!planned() && !(await isAnyoneWaiting()));
    held.open();
    await cancelling;
    const next = await signingIn;
    expect(next.syncId).not.toBe(syncId);
    const tasks = resources.store.database.selectFrom('sync_tasks').select(['sync_id', 'state']);
    expect(await tasks.orderBy('created_at').orderBy('id').execute()).toEqual([
      { sync_id: syncId, state: 'cancelled' },
      { sync_id: next.syncId, state: 'queued' },
    ]);
  });
});

/** Something happens between the first answer of the database and whoever has asked. */
function afterFirst(happens: () => Promise<void>): KyselyPlugin {
  let isFirst = true;
  return {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      if (isFirst) {
        isFirst = false;
        await happens();
      }
      return result;
    },
  };
}
