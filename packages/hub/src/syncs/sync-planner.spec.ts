import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { addConnection, openTestResources } from '../testing/test-store.js';
import { SyncPlanner } from './sync-planner.js';

describe('a task that runs while the settings change', () => {
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

  it('is taken out of its attempt’s hands in the transaction of the change', async () => {
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
});
