import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { openJobQueue } from '../../syncs/open-job-queue.js';
import { SyncPatrol } from '../../syncs/sync-patrol.js';
import { SyncRunner } from '../../syncs/sync-runner.js';
import { gate } from '../../testing/test-hub.js';
import { openTestResources } from '../../testing/test-store.js';

const aliveForMs = 30_000;

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

const runners = () => resources.store.database.selectFrom('sync_runners').selectAll().execute();

it('a process that looks after others for long stays alive meanwhile, and is gone when it leaves', async () => {
  const runner = new SyncRunner(resources, aliveForMs);
  const looking = gate();
  const goOn = gate();
  let rounds = 0;
  const attempts = {
    recover: async () => {
      rounds += 1;
      if (rounds > 1) {
        looking.open();
        await goOn.opened;
      }
      return [];
    },
  };
  const patrol = new SyncPatrol({ resources, runner, attempts, queue: openJobQueue(resources, 1) });
  await patrol.start();
  resources.clock.advance(aliveForMs / 2);
  await looking.opened;
  const until = resources.clock.now().getTime() + 3 * aliveForMs;
  while (((await runners())[0]?.alive_until ?? 0) < until) {
    resources.clock.advance(1_000);
    await setTimeout(5);
  }
  goOn.open();
  await patrol.close();
  await runner.leave();
  expect(await runners()).toEqual([]);
  expect(resources.clock.sleeping).toBe(0);
});
