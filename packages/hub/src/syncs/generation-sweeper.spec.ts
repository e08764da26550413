import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Resources } from '../resources.js';
import { fakeRepositories } from '../testing/fake-forge.js';
import { addConnection, openTestResources } from '../testing/test-store.js';
import { GenerationSweeper } from './generation-sweeper.js';
import { SyncAttempts } from './sync-attempts.js';
import { SyncRunner } from './sync-runner.js';
import { SyncChanges } from './sync-changes.js';
import { SyncPlanner } from './sync-planner.js';
import { SyncTasks } from './sync-tasks.js';

describe('the sweep of old permissions', () => {
  let folder: string;
  let resources: Resources;
  let sweeper: GenerationSweeper;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
    sweeper = new GenerationSweeper(resources);
    await addConnection(resources);
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** A whole sync. Resolves with the generation that it has made visible. */
  async function sync(count: number): Promise<string | undefined> {
    const changes = new SyncChanges();
    const tasks = new SyncTasks(resources, changes);
    const { queue } = await resources.store.database
      .transaction()
      .execute((transaction) => new SyncPlanner(resources).start(transaction, 'person'));
    const attempt = await new SyncAttempts(resources, changes, new SyncRunner(resources, 30_000)).take(
      queue[0] ?? '',
    );
    if (attempt === undefined) return undefined;
    const page = { items: fakeRepositories(count) };
    await tasks.writePages(attempt, [{ page, askedAt: resources.clock.now(), omitted: [] }]);
    await tasks.complete(attempt, []);
    return attempt.generation;
  }

  it('takes a list that is longer than a batch', async () => {
    await sync(2500);
    const last = await sync(2);
    await sweeper.sweep();
    const { database } = resources.store;
    const generations = await database.selectFrom('permissions').select('generation').distinct().execute();
    expect(generations).toEqual([{ generation: last }]);
  });

  it('takes the list before the last one, and its generation', async () => {
    await sync(3);
    const last = await sync(4);
    await sweeper.sweep();
    const { database } = resources.store;
    const generations = await database.selectFrom('permissions').select('generation').distinct().execute();
    expect(generations).toEqual([{ generation: last }]);
    expect(await database.selectFrom('generations').select('id').execute()).toEqual([{ id: last }]);
  });

  const begun = { git_provider_id: 'provider', listing_version: 1, created_at: 0 };
  const own = { base: null, stage: 'own' as const, pages: 0, copied_pages: 0 };

  it('takes what one connection has left, and leaves another’s', async () => {
    await sync(3);
    const last = await sync(4);
    const { database } = resources.store;
    const abandoned = [
      { id: 'ours', connection_id: 'connection-of-person', ...begun, ...own },
      { id: 'theirs', connection_id: 'another', ...begun, ...own },
    ];
    await database.insertInto('generations').values(abandoned).execute();
    await sweeper.sweep('connection-of-person');
    const ids = () => database.selectFrom('generations').select('id').orderBy('id').execute();
    expect(await ids()).toEqual([{ id: last }, { id: 'theirs' }]);
    await sweeper.sweep();
    expect(await ids()).toEqual([{ id: last }]);
  });

  it('takes the pages of a long list, beside more lists than it looks at in one go', async () => {
    const { database } = resources.store;
    for (let start = 0; start < 1100; start += 100) {
      const ids = Array.from({ length: 100 }, (_, index) => `old-${String(start + index).padStart(4, '0')}`);
      await database
        .insertInto('generations')
        .values(ids.map((id) => ({ id, connection_id: 'gone', ...begun, ...own })))
        .execute();
    }
    const pages = Array.from({ length: 450 }, (_, position) => ({
      position,
      pass: 1,
      forge_ids: '[]',
      places: '[]',
    }));
    await database
      .insertInto('generation_pages')
      .values(pages.map((page) => ({ generation: 'old-1099', ...page })))
      .execute();
    await sweeper.sweep();
    expect(await database.selectFrom('generations').selectAll().execute()).toEqual([]);
    expect(await database.selectFrom('generation_pages').selectAll().execute()).toEqual([]);
  });

  it('closes though it fails', async () => {
    await sql`alter table generations rename to lost`.execute(resources.store.database);
    const failed = expect(sweeper.sweep()).rejects.toThrow(/generations/);
    await sweeper.close();
    await failed;
  });
});
