import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Queries } from '../store/store.js';
import { addConnection, openTestResources } from '../testing/test-store.js';
import { SyncPlanner } from './sync-planner.js';

describe('the planner of syncs', () => {
  let folder: string;
  let resources: Awaited<ReturnType<typeof openTestResources>>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-planner-'));
    resources = await openTestResources(folder);
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true });
  });

  it('takes a task that runs out of its attempt’s hands in the transaction that changes the settings', async () => {
    const { database } = resources.store;
    const planner = new SyncPlanner(resources);
    const connection = await addConnection(resources);
    const { queue } = await database
      .transaction()
      .execute((transaction) => planner.start(transaction, 'person'));
    const running = { state: 'running', generation: 'generation', epoch: 1, settings_version: 1 } as const;
    await database
      .updateTable('sync_tasks')
      .set({ ...running, pages: 2, resume: '{}', started_at: 1 })
      .execute();
    const plan = await database
      .transaction()
      .execute((transaction) => planner.settingsChange(transaction, connection.git_provider_id, []));
    expect(plan).toMatchObject({ stop: queue, queue });
    expect(await database.selectFrom('sync_tasks').selectAll().execute()).toEqual([
      expect.objectContaining({
        ...{ state: 'queued', generation: null, epoch: 0, settings_version: 0 },
        ...{ pages: 0, resume: null, started_at: null },
      }),
    ]);
  });

  const inTransaction = <T>(work: (transaction: Queries, planner: SyncPlanner) => Promise<T>): Promise<T> =>
    resources.store.database
      .transaction()
      .execute((transaction) => work(transaction, new SyncPlanner(resources)));

  const tasks = () =>
    resources.store.database
      .selectFrom('sync_tasks')
      .select(['id', 'connection_id', 'state', 'waiting_until', 'resume', 'retries'])
      .orderBy('connection_id')
      .execute();

  const waiting = { state: 'waiting', waiting_until: 9, resume: '{}', retries: 2 } as const;

  it('runs at once, where it stood, what is to be tried again later, when its person asks', async () => {
    await addConnection(resources);
    const { queue } = await inTransaction((transaction, planner) => planner.start(transaction, 'person'));
    await resources.store.database
      .updateTable('sync_tasks')
      .set({ ...waiting, error_kind: 'unavailable' })
      .execute();
    const plan = await inTransaction((transaction, planner) => planner.start(transaction, 'person'));
    expect(plan.queue).toEqual(queue);
    expect(await tasks()).toMatchObject([{ state: 'queued', waiting_until: null, resume: '{}', retries: 0 }]);
  });

  it('lets wait what a forge’s limit keeps waiting, whoever asks', async () => {
    await addConnection(resources);
    await inTransaction((transaction, planner) => planner.start(transaction, 'person'));
    await resources.store.database
      .updateTable('sync_tasks')
      .set({ ...waiting, error_kind: 'rate_limited' })
      .execute();
    const plan = await inTransaction((transaction, planner) => planner.start(transaction, 'person'));
    expect(plan.queue).toEqual([]);
    expect(await tasks()).toMatchObject([waiting]);
  });

  it('tries at once with new settings what was to be tried again later', async () => {
    const connection = await addConnection(resources);
    const { queue } = await inTransaction((transaction, planner) => planner.start(transaction, 'person'));
    await resources.store.database
      .updateTable('sync_tasks')
      .set({ ...waiting, error_kind: 'network' })
      .execute();
    const plan = await inTransaction((transaction, planner) =>
      planner.settingsChange(transaction, connection.git_provider_id, []),
    );
    expect(plan.queue).toEqual(queue);
    expect(await tasks()).toMatchObject([{ state: 'queued', resume: null, retries: 0 }]);
  });

  it('starts what nobody has asked for, for several people, and joins what is open', async () => {
    const connections = [await addConnection(resources, 'ada'), await addConnection(resources, 'bob')];
    const ids = connections.map(({ id }) => id);
    const open = await inTransaction((transaction, planner) => planner.start(transaction, 'bob'));
    const plan = await inTransaction((transaction, planner) =>
      planner.startFor(transaction, [...ids, 'nobody']),
    );
    expect(plan.queue).toHaveLength(1);
    expect(plan.stop).toEqual([]);
    expect(plan.changedSyncs).toHaveLength(2);
    expect(plan.changedSyncs).toContain(open.syncId);
    expect((await tasks()).map(({ connection_id }) => connection_id)).toEqual(ids);
    expect(await inTransaction((transaction, planner) => planner.startFor(transaction, []))).toEqual({
      changedSyncs: [],
      stop: [],
      queue: [],
    });
  });
});
