import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Repository } from '@anyforge/core';
import { fakeRepository } from '../testing/fake-forge.js';
import { addConnection, openTestResources } from '../testing/test-store.js';
import type { SyncAttempt } from './sync-attempt.js';
import { SyncAttempts } from './sync-attempts.js';
import { SyncChanges } from './sync-changes.js';
import { SyncPlanner } from './sync-planner.js';
import { SyncRunner } from './sync-runner.js';
import { SyncTasks } from './sync-tasks.js';

const people = Array.from({ length: 6 }, (_, index) => `person-${String(index)}`);
const count = 120;
const pageSize = 30;

describe('people of one git provider who synchronize at the same time', () => {
  let folder: string;
  let resources: Awaited<ReturnType<typeof openTestResources>>;
  let attempts: SyncAttempts;
  let tasks: SyncTasks;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
    const changes = new SyncChanges();
    attempts = new SyncAttempts(resources, changes, new SyncRunner(resources, 30_000));
    tasks = new SyncTasks(resources, changes);
    for (const person of people) await addConnection(resources, person);
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function begin(person: string): Promise<SyncAttempt> {
    const { queue } = await resources.store.database
      .transaction()
      .execute((transaction) => new SyncPlanner(resources).start(transaction, person));
    const attempt = await attempts.take(queue[0] ?? '');
    if (attempt === undefined) throw new Error('There is nothing to take.');
    return attempt;
  }

  /** Each was asked for at a time of its own. */
  async function list(attempt: SyncAttempt, repositories: readonly Repository[], at: number): Promise<void> {
    for (let start = 0; start < repositories.length; start += pageSize) {
      const page = { items: repositories.slice(start, start + pageSize) };
      await tasks.writePages(attempt, [{ page, askedAt: new Date(at), omitted: [] }]);
    }
    await tasks.complete(attempt, []);
  }

  /** In an order of one's own, so that they meet each other's rows crosswise. A third has a new name in each version. */
  function listOf(turn: number, version: number): readonly Repository[] {
    const repositories = Array.from({ length: count }, (_, index) => {
      const renames = Math.floor((version + index) / 3);
      return fakeRepository(String(index), { path: `acme/name-${String(renames)}-of-${String(index)}` });
    });
    return [...repositories.slice(turn * 20), ...repositories.slice(0, turn * 20)];
  }

  it('see what the newest of them was told, each the whole list, in the order of its paths', async () => {
    for (const round of [1, 2, 3]) {
      const begun = await Promise.all(people.map(begin));
      const now = resources.clock.now().getTime();
      resources.clock.advance(1000);
      await Promise.all(
        begun.map((attempt, index) =>
          list(attempt, listOf(index, round * people.length + index), now + index),
        ),
      );
      const { database } = resources.store;
      const stored = await database.selectFrom('repositories').select(['forge_id', 'path']).execute();
      const newest = listOf(0, (round + 1) * people.length - 1);
      expect(new Map(stored.map(({ forge_id, path }) => [forge_id, path]))).toEqual(
        new Map(newest.map(({ id, path }) => [id, path])),
      );
      const rows = await database
        .selectFrom('connections')
        .innerJoin('permissions', 'permissions.generation', 'connections.visible_generation')
        .select(['connections.person_id', 'permissions.forge_id', 'permissions.path_key'])
        .execute();
      expect(rows).toHaveLength(people.length * count);
      const keys = new Map(newest.map(({ id, path }) => [id, path]));
      expect(rows.filter(({ forge_id, path_key }) => keys.get(forge_id) !== path_key)).toEqual([]);
    }
  });
});
