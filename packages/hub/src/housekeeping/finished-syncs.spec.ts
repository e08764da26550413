import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SyncPlanner } from '../syncs/sync-planner.js';
import { addConnection, openTestResources } from '../testing/test-store.js';
import { FinishedSyncs } from './finished-syncs.js';

const dayMs = 24 * 3_600_000;

describe('syncs that have ended', () => {
  let folder: string;
  let resources: Awaited<ReturnType<typeof openTestResources>>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
    await addConnection(resources);
    await addConnection(resources, 'somebody-else');
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  const start = (personId = 'person') =>
    resources.store.database
      .transaction()
      .execute((transaction) => new SyncPlanner(resources).start(transaction, personId));

  async function startAndEnd(count: number, personId?: string): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      const { syncId } = await start(personId);
      resources.clock.advance(1000);
      await resources.store.database
        .updateTable('sync_tasks')
        .set({ state: 'succeeded', finished_at: resources.clock.now().getTime() })
        .where('sync_id', '=', syncId)
        .execute();
    }
  }

  async function sweep(): Promise<void> {
    for await (const _ of new FinishedSyncs(resources).batches());
  }

  async function left(personId = 'person'): Promise<number> {
    const rows = await resources.store.database
      .selectFrom('syncs')
      .select('id')
      .where('person_id', '=', personId)
      .execute();
    return rows.length;
  }

  it('are forgotten after 30 days, but for the 20 that can be looked up', async () => {
    await startAndEnd(23);
    resources.clock.advance(30 * dayMs - 60_000);
    await sweep();
    expect(await left()).toBe(23);
    resources.clock.advance(60_000);
    await sweep();
    expect(await left()).toBe(20);
    const tasks = await resources.store.database.selectFrom('sync_tasks').select('sync_id').execute();
    expect(tasks).toHaveLength(20);
  });

  it('are the oldest of each person', async () => {
    await startAndEnd(21);
    await startAndEnd(2, 'somebody-else');
    resources.clock.advance(31 * dayMs);
    await startAndEnd(1);
    const newest = await resources.store.database
      .selectFrom('syncs')
      .select('id')
      .where('person_id', '=', 'person')
      .orderBy('created_at', 'desc')
      .limit(20)
      .execute();
    await sweep();
    const kept = await resources.store.database
      .selectFrom('syncs')
      .select('id')
      .where('person_id', '=', 'person')
      .orderBy('created_at', 'desc')
      .execute();
    expect(kept).toEqual(newest);
    expect(await left('somebody-else')).toBe(2);
  });

  it('do not include one that is still open, however old it is', async () => {
    const { syncId } = await start();
    resources.clock.advance(1000);
    const { id } = await resources.store.database
      .selectFrom('sync_tasks')
      .select('id')
      .where('sync_id', '=', syncId)
      .executeTakeFirstOrThrow();
    const setState = (state: 'waiting' | 'succeeded') =>
      resources.store.database.updateTable('sync_tasks').set({ state }).where('id', '=', id).execute();
    await setState('succeeded');
    await startAndEnd(20);
    await setState('waiting');
    resources.clock.advance(31 * dayMs);
    await sweep();
    expect(await left()).toBe(21);
    await setState('succeeded');
    await sweep();
    expect(await left()).toBe(20);
  });

  it('may be very many', async () => {
    const createdAt = resources.clock.now().getTime();
    const syncs = Array.from({ length: 1200 }, (_, index) => ({
      id: `old-${String(index)}`,
      person_id: 'person',
      revision: 1,
      created_at: createdAt + index,
    }));
    for (let from = 0; from < syncs.length; from += 400) {
      await resources.store.database
        .insertInto('syncs')
        .values(syncs.slice(from, from + 400))
        .execute();
    }
    resources.clock.advance(31 * dayMs);
    await sweep();
    expect(await left()).toBe(20);
  });
});
