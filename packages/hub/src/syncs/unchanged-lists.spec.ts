import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Permission, Repository } from '@anyforge/core';
import { CleanUp } from '../git-providers/clean-up.js';
import type { Resources } from '../resources.js';
import { countWrites } from '../testing/count-writes.js';
import { fakeRepositories, fakeRepository } from '../testing/fake-forge.js';
import type { TestClock } from '../testing/test-clock.js';
import { callerOf } from '../testing/callers.js';
import { addConnection, openTestResources } from '../testing/test-store.js';
import { GenerationSweeper } from './generation-sweeper.js';
import { nothingVisible } from './nothing-visible.js';
import type { SyncAttempt } from './sync-attempt.js';
import { SupersededError } from './sync-attempt.js';
import { SyncAttempts } from './sync-attempts.js';
import { SyncChanges } from './sync-changes.js';
import { SyncPlanner } from './sync-planner.js';
import { SyncRunner } from './sync-runner.js';
import { SyncTasks } from './sync-tasks.js';

const hourMs = 3_600_000;

describe('a list that is listed again', () => {
  let folder: string;
  let resources: Resources & { readonly clock: TestClock };
  let attempts: SyncAttempts;
  let tasks: SyncTasks;
  let sweeper: GenerationSweeper;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
    const changes = new SyncChanges();
    attempts = new SyncAttempts(resources, changes, new SyncRunner(resources, 30_000));
    tasks = new SyncTasks(resources, changes);
    sweeper = new GenerationSweeper(resources);
    await addConnection(resources);
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function begin(personId = 'person'): Promise<SyncAttempt> {
    const { queue } = await resources.store.database
      .transaction()
      .execute((transaction) => new SyncPlanner(resources).start(transaction, personId));
    return take(queue[0] ?? '');
  }

  async function take(taskId: string): Promise<SyncAttempt> {
    const attempt = await attempts.take(taskId);
    if (attempt === undefined) throw new Error('There is nothing to take.');
    return attempt;
  }

  /** The attempt dies, and another takes its place. */
  async function killAndTake(attempt: SyncAttempt): Promise<SyncAttempt> {
    await attempts.release(attempt);
    return take(attempt.taskId);
  }

  /** Each page says that the listing goes on after it. */
  async function write(attempt: SyncAttempt, ...pages: readonly (readonly Repository[])[]): Promise<void> {
    resources.clock.advance(1);
    const askedAt = resources.clock.now();
    const listed = pages.map((items) => ({ page: { items, resume: 'after' }, askedAt, omitted: [] }));
    await tasks.writePages(attempt, listed);
  }

  /** A whole sync, as one page. */
  async function sync(repositories: readonly Repository[], personId?: string): Promise<void> {
    const attempt = await begin(personId);
    await write(attempt, repositories);
    await tasks.complete(attempt, []);
  }

  /** What the person sees, by id. */
  async function visible(personId = 'person') {
    const rows = await resources.store.database
      .selectFrom('connections')
      .innerJoin('permissions', 'permissions.generation', 'connections.visible_generation')
      .innerJoin('repositories', (join) =>
        join
          .onRef('repositories.git_provider_id', '=', 'permissions.git_provider_id')
          .onRef('repositories.forge_id', '=', 'permissions.forge_id'),
      )
      .where('connections.person_id', '=', personId)
      .select(['permissions.forge_id', 'level', 'native', 'reason', 'path', 'permissions.path_key'])
      .orderBy('permissions.forge_id')
      .execute();
    return rows.map((row) => ({ ...row }));
  }

  function shown(repositories: readonly Repository[]) {
    return repositories
      .map(({ id, path, permission }) => ({
        forge_id: id,
        level: permission.level,
        native: permission.native,
        reason: permission.level === 'unknown' ? permission.reason : null,
        path,
        path_key: path.toLowerCase(),
      }))
      .sort((one, other) => (one.forge_id < other.forge_id ? -1 : 1));
  }

  function connection() {
    return resources.store.database
      .selectFrom('connections')
      .select(['visible_generation', 'visible_completed_at'])
      .executeTakeFirstOrThrow();
  }

  it('is not written again when nothing is another, and is as new as the last listing', async () => {
    const list = fakeRepositories(5);
    await sync(list);
    const before = await connection();
    const permissions = await countWrites(resources.store, 'permissions');
    const repositories = await countWrites(resources.store, 'repositories');
    resources.clock.advance(hourMs);
    const attempt = await begin();
    await write(attempt, list.slice(0, 3), [], list.slice(3));
    await tasks.complete(attempt, []);

    expect([await permissions(), await repositories()]).toEqual([0, 0]);
    expect(await connection()).toEqual({ ...before, visible_completed_at: resources.clock.now().getTime() });
    const task = await resources.store.database
      .selectFrom('sync_tasks')
      .select(['state', 'repositories', 'pages'])
      .where('id', '=', attempt.taskId)
      .executeTakeFirst();
    expect(task).toEqual({ state: 'succeeded', repositories: 5, pages: 3 });
    await sweeper.sweep();
    const { database } = resources.store;
    expect(await database.selectFrom('generations').select('id').execute()).toEqual([
      { id: before.visible_generation },
    ]);
    expect(await database.selectFrom('generation_pages').selectAll().execute()).toEqual([]);
    expect(await visible()).toEqual(shown(list));
  });

  const unknown: Permission = { level: 'unknown', native: 'odd', reason: 'May not ask.' };
  const base = [...fakeRepositories(3), fakeRepository('unknown', { permission: unknown })];
  const [first] = base;
  const changed = (permission: Permission) =>
    base.map((each) => (each === first ? { ...each, permission } : each));
  const reworded: Permission = { ...unknown, reason: 'Not now.' };

  it.each([
    ['a level', changed({ level: 'admin', native: 'push' })],
    ['the forge’s word', changed({ level: 'write', native: 'other' })],
    ['a reason', [...base.slice(0, 3), fakeRepository('unknown', { permission: reworded })]],
    ['one more', [...base, fakeRepository('z')]],
    ['one less', base.slice(1)],
    ['nothing left', []],
  ])('is written again when something is another: %s', async (_, list) => {
    await sync(base);
    await sync(list);
    expect(await visible()).toEqual(shown(list));
  });

  it('follows a new name without being written again', async () => {
    await sync(base);
    const permissions = await countWrites(resources.store, 'permissions');
    const renamed = base.map((each) => (each === first ? { ...each, path: 'zebra/renamed' } : each));
    await sync(renamed);
    expect(await visible()).toEqual(shown(renamed));
    expect(await permissions()).toBe(1);
  });

  it('is written page by page from the first on where people are to see each page', async () => {
    await sync(base);
    await resources.store.database
      .updateTable('git_providers')
      .set({ sync_policy: 'revoke-first' })
      .execute();
    const attempt = await begin();
    expect(await visible()).toEqual([]);
    await write(attempt, base.slice(0, 2));
    expect(await visible()).toEqual(shown(base.slice(0, 2)));
    expect(await tasks.missing(attempt, 10)).toMatchObject({ total: 2 });
  });

  it('goes on after a kill in the middle of becoming another', async () => {
    const list = fakeRepositories(2500);
    await sync(list);
    const dead = await begin();
    await write(dead, ...[0, 500, 1000, 1500].map((start) => list.slice(start, start + 500)));
    await resources.store.database
      .updateTable('generations')
      .set({ stage: 'copying', copied_pages: 0 })
      .where('id', '=', dead.generation)
      .execute();
    const next = await killAndTake(dead);
    expect(next.generation).toBe(dead.generation);
    const left = list.slice(2000, 2400);
    await write(next, left);
    await tasks.complete(next, []);
    expect(await visible()).toEqual(shown([...list.slice(0, 2000), ...left]));
  });

  it('has nothing back that a clean-up takes away meanwhile', async () => {
    await sync(base);
    const attempt = await begin();
    await write(attempt, base);
    await resources.store.database
      .updateTable('git_providers')
      .set({ patterns: '["!**/repository-000001"]' })
      .execute();
    const cleanUp = new CleanUp(resources, { record: () => Promise.resolve() });
    await cleanUp.run(callerOf('administrator'), 'provider', 1, {});
    await tasks.complete(attempt, []);
    const left = base.filter(({ path }) => path !== 'acme/repository-000001');
    expect(left).toHaveLength(3);
    expect(await visible()).toEqual(shown(left));
  });

  it('is not shown again where it was hidden meanwhile', async () => {
    await sync(base);
    const attempt = await begin();
    await write(attempt, base);
    // A renewal was refused, and then made after all.
    await resources.store.database.updateTable('connections').set(nothingVisible).execute();
    await expect(tasks.complete(attempt, [])).rejects.toThrow(SupersededError);
    expect(await visible()).toEqual([]);
  });

  it('lacks what the last one has and no page of any pass, nor what was added', async () => {
    await sync(base);
    const attempt = await begin();
    await write(attempt, base.slice(0, 1));
    const missing = await tasks.missing(attempt, 2);
    expect(missing.total).toBe(3);
    expect(missing.items.map(({ forgeId }) => forgeId)).toEqual(base.slice(1, 3).map(({ id }) => id));
    expect(missing.items[0]).toMatchObject({ path: base[1]?.path, visibility: 'private' });

    const again = await tasks.beginPass(attempt, []);
    await write(again, base.slice(1, 2));
    expect(await tasks.agreesWithPassBefore(again)).toBe(false);
    expect(await tasks.missing(again, 0)).toEqual({ total: 2, items: [] });
    await tasks.add(again, base.slice(2), resources.clock.now());
    expect(await tasks.missing(again, 1)).toEqual({ total: 0, items: [] });
    expect(await tasks.compareWithFormer(again)).toEqual({ former: 4, found: 4 });
    const before = await connection();
    await tasks.complete(again, []);
    expect((await connection()).visible_generation).toBe(before.visible_generation);
  });

  it('is what was listed last, however it was cut into pages, changed and interrupted', async () => {
    const random = seeded(7);
    const pick = (below: number) => Math.floor(random() * below);
    let list: readonly Repository[] = fakeRepositories(12);
    await sync(list);
    for (let round = 0; round < 60; round += 1) {
      list = pick(3) === 0 ? list : edit(list, pick);
      // Some come twice, on other pages; the last word counts, and it is the same.
      const told = [...list, ...list.filter(() => pick(8) === 0)];
      let attempt = await begin();
      for (let start = 0; start < told.length;) {
        const pages = Array.from({ length: 1 + pick(3) }, () => {
          const page = told.slice(start, start + 1 + pick(5));
          start += page.length;
          return page;
        });
        await write(attempt, ...pages);
        if (pick(4) === 0) attempt = await killAndTake(attempt);
      }
      await tasks.complete(attempt, []);
      expect(await visible()).toEqual(shown(list));
      if (pick(3) === 0) await sweeper.sweep();
    }
  });
});

/** Another list: something is gone, new, renamed or permitted otherwise. */
function edit(list: readonly Repository[], pick: (below: number) => number): readonly Repository[] {
  const place = pick(Math.max(list.length, 1));
  const one = list[place];
  const without = list.filter((_, index) => index !== place);
  const added = fakeRepository(`new-${String(pick(1000))}`);
  const edits: readonly (readonly Repository[])[] = [
    without,
    list.some(({ id }) => id === added.id) ? list : [...list, added],
    one === undefined ? list : [...without, { ...one, path: `acme/renamed-${String(pick(1000))}-${one.id}` }],
    one === undefined
      ? list
      : [...without, { ...one, permission: { level: 'admin', native: String(pick(5)) } }],
  ];
  return edits[pick(edits.length)] ?? list;
}

/** The same numbers for the same seed: mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
