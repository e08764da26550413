import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Repository } from '@anyforge/core';
import type { Resources } from '../resources.js';
import { fakeRepositories } from '../testing/fake-forge.js';
import { addConnection, openTestResources } from '../testing/test-store.js';
import type { SyncAttempt } from './sync-attempt.js';
import { SyncAttempts } from './sync-attempts.js';
import { SyncChanges } from './sync-changes.js';
import { SyncPlanner } from './sync-planner.js';
import { SyncRunner } from './sync-runner.js';
import { SyncTasks } from './sync-tasks.js';

const list = fakeRepositories(6);

describe('pages of a listing of which nothing was stored at first', () => {
  let folder: string;
  let resources: Resources;
  let tasks: SyncTasks;
  let attempt: SyncAttempt;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
    await addConnection(resources);
    const changes = new SyncChanges();
    tasks = new SyncTasks(resources, changes);
    attempt = await begin(changes);
    await write(list.slice(0, 2));
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function begin(changes: SyncChanges): Promise<SyncAttempt> {
    const { queue } = await resources.store.database
      .transaction()
      .execute((transaction) => new SyncPlanner(resources).start(transaction, 'person'));
    const attempts = new SyncAttempts(resources, changes, new SyncRunner(resources, 30_000));
    const taken = await attempts.take(queue[0] ?? '');
    if (taken === undefined) throw new Error('There is nothing to take.');
    return taken;
  }

  const write = (items: readonly Repository[]) =>
    tasks.writePages(attempt, [{ page: { items }, askedAt: resources.clock.now(), omitted: [] }]);

  const stored = async () => {
    const rows = await resources.store.database
      .selectFrom('repositories')
      .select('path')
      .orderBy('path')
      .execute();
    return rows.map(({ path }) => path);
  };
  const granted = async () => {
    const rows = await resources.store.database
      .selectFrom('permissions')
      .select('path_key')
      .where('generation', '=', attempt.generation)
      .orderBy('path_key')
      .execute();
    return rows.map(({ path_key }) => path_key);
  };
  const paths = (repositories: readonly Repository[]) => repositories.map(({ path }) => path).sort();

  it('are stored with those that come later', async () => {
    await write(list.slice(2, 4));
    await write(list.slice(4));
    expect(await stored()).toEqual(paths(list));
    expect(await granted()).toEqual(paths(list));
  });

  it('are stored though some of a later one are stored already', async () => {
    await write(list.slice(1, 4));
    await write(list.slice(4));
    expect(await stored()).toEqual(paths(list));
    expect(await granted()).toEqual(paths(list));
  });

  it('are stored though one of a later one was renamed since', async () => {
    const [first, ...others] = list;
    const renamed = [
      ...others.slice(1),
      ...(first === undefined ? [] : [{ ...first, path: 'acme/renamed' }]),
    ];
    await write(renamed);
    expect(await stored()).toEqual(paths([...renamed, ...others.slice(0, 1)]));
    expect(await granted()).toEqual(paths([...renamed, ...others.slice(0, 1)]));
  });
});
