import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openTestResources } from '../testing/test-store.js';
import { GenerationSweeper } from './generation-sweeper.js';
import { InProcessJobQueue } from './in-process-job-queue.js';
import { SyncChanges } from './sync-changes.js';
import { Syncs } from './syncs.js';

describe('what was planned and committed', () => {
  let folder: string;
  let resources: Awaited<ReturnType<typeof openTestResources>>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is told as done though the queue takes nothing at the moment', async () => {
    class FullQueue extends InProcessJobQueue {
      override add(): Promise<void> {
        return Promise.reject(new Error('canary'));
      }
    }
    const changes = new SyncChanges();
    const told: (readonly string[])[] = [];
    changes.follow({
      changed: (syncIds) => {
        told.push(syncIds);
      },
    });
    const sweeper = new GenerationSweeper(resources);
    const queue = new FullQueue({ ...resources, concurrency: 1 });
    const syncs = new Syncs({ resources, changes, queue, sweeper });
    await syncs.carryOut({ changedSyncs: ['sync'], stop: ['task'], queue: ['task'] });
    await sweeper.close();
    expect(told).toEqual([['sync']]);
    expect(resources.logger.lines).toEqual([expect.stringContaining('not all are queued')]);
    expect(resources.logger.lines.join()).not.toContain('canary');
  });

  it('is nothing when a sync is cancelled that has ended', async () => {
    let swept = 0;
    class CountingSweeper extends GenerationSweeper {
      override sweepInBackground(): void {
        swept += 1;
      }
    }
    const { store, clock } = resources;
    const row = { id: 'sync', person_id: 'person', revision: 3, created_at: clock.now().getTime() };
    await store.database.insertInto('syncs').values(row).execute();
    const queue = new InProcessJobQueue({ ...resources, concurrency: 1 });
    const sweeper = new CountingSweeper(resources);
    const syncs = new Syncs({ resources, changes: new SyncChanges(), queue, sweeper });
    expect(await syncs.cancel('person', 'sync')).toMatchObject({ revision: 3 });
    expect(swept).toBe(0);
  });
});
