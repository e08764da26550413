import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Repository } from '@anyforge/core';
import { CleanUp } from '../git-providers/clean-up.js';
import { ListNarrowing } from '../git-providers/list-narrowing.js';
import type { Resources } from '../resources.js';
import { toJson } from '../store/json.js';
import { SyncAttempts } from '../syncs/sync-attempts.js';
import { SyncChanges } from '../syncs/sync-changes.js';
import { SyncPlanner } from '../syncs/sync-planner.js';
import { SyncRunner } from '../syncs/sync-runner.js';
import { SyncTasks } from '../syncs/sync-tasks.js';
import { callerOf } from '../testing/callers.js';
import { fakeRepositories } from '../testing/fake-forge.js';
import { addConnection, openTestResources } from '../testing/test-store.js';

/** With the list of the one who synchronizes, so many that a transaction changes four repositories for all of them. */
const others = 1200;
const list = fakeRepositories(10);
const [first] = list;

describe('what many people have in their lists', () => {
  let folder: string;
  let resources: Resources;
  /** How often somebody held all repositories alone. */
  let alone: number;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    const opened = await openTestResources(folder);
    alone = 0;
    resources = {
      ...opened,
      store: {
        ...opened.store,
        lock: (transaction, name, options) => {
          if (options?.shared === false) alone += 1;
          return opened.store.lock(transaction, name, options);
        },
      },
    };
    await addConnection(resources);
    await sync(list);
    const { database } = resources.store;
    const [generation] = await database.selectFrom('generations').selectAll().execute();
    const [permission] = await database
      .selectFrom('permissions')
      .selectAll()
      .where('forge_id', '=', first?.id ?? '')
      .execute();
    if (generation === undefined || permission === undefined) throw new Error('Nothing is listed.');
    const ids = Array.from({ length: others }, (_, index) => `other-${String(index)}`);
    for (let start = 0; start < others; start += 200) {
      const some = ids.slice(start, start + 200);
      await database
        .insertInto('generations')
        .values(some.map((id) => ({ ...generation, id, connection_id: id })))
        .execute();
      await database
        .insertInto('permissions')
        .values(some.map((id) => ({ ...permission, generation: id })))
        .execute();
    }
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function sync(repositories: readonly Repository[]): Promise<void> {
    const changes = new SyncChanges();
    const tasks = new SyncTasks(resources, changes);
    const { queue } = await resources.store.database
      .transaction()
      .execute((transaction) => new SyncPlanner(resources).start(transaction, 'person'));
    const attempts = new SyncAttempts(resources, changes, new SyncRunner(resources, 30_000));
    const attempt = await attempts.take(queue[0] ?? '');
    if (attempt === undefined) throw new Error('There is nothing to take.');
    const askedAt = resources.clock.now();
    await tasks.writePages(attempt, [{ page: { items: repositories }, askedAt, omitted: [] }]);
    await tasks.complete(attempt, []);
  }

  /** With how many rows each. */
  async function pathKeys(): Promise<ReadonlyMap<string, number>> {
    const rows = await resources.store.database
      .selectFrom('permissions')
      .select((expression) => ['path_key', expression.fn.countAll<number | string>().as('count')])
      .groupBy('path_key')
      .execute();
    return new Map(rows.map(({ path_key, count }) => [path_key, Number(count)]));
  }

  const setPatterns = (version: number) =>
    resources.store.database
      .updateTable('git_providers')
      .set({ patterns: toJson(['!**']), listing_version: version })
      .execute();

  it('is renamed a few at a time, so that others have their turn in between', async () => {
    await sync(list.map((each) => ({ ...each, path: each.path.replace('acme/', 'renamed/') })));
    expect(alone).toBe(3);
    const keys = await pathKeys();
    expect([...keys.keys()].filter((key) => !key.startsWith('renamed/'))).toEqual([]);
    expect(keys.get('renamed/repository-000001')).toBe(others + 1);
  });

  it('is taken out of them a few at a time', async () => {
    await setPatterns(2);
    await new ListNarrowing(resources).narrow('provider');
    expect(alone).toBe(3);
    expect(await pathKeys()).toEqual(new Map());
  });

  it('is deleted a few at a time', async () => {
    await setPatterns(1);
    const cleanUp = new CleanUp(resources, { record: () => Promise.resolve() });
    await cleanUp.run(callerOf('administrator'), 'provider', list.length, {});
    expect(alone).toBe(3);
    expect(await pathKeys()).toEqual(new Map());
  });
});
