import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Omission, Page, Repository } from '@anyforge/core';
import { noMeasurements } from '../measurements.js';
import type { Resources } from '../resources.js';
import type { SyncTaskRow } from '../store/schema.js';
import { fakeRepositories } from '../testing/fake-forge.js';
import { addConnection, openTestResources } from '../testing/test-store.js';
import { GenerationSweeper } from './generation-sweeper.js';
import type { SyncAttempt } from './sync-attempt.js';
import { SupersededError } from './sync-attempt.js';
import { SyncAttempts } from './sync-attempts.js';
import { SyncRunner } from './sync-runner.js';
import { SyncChanges } from './sync-changes.js';
import { SyncPlanner } from './sync-planner.js';
import { SyncTasks } from './sync-tasks.js';

const failure = { kind: 'unavailable', message: 'Down.' } as const;

describe('an attempt at a sync task', () => {
  let folder: string;
  let resources: Resources;
  let attempts: SyncAttempts;
  let tasks: SyncTasks;
  let taskId: string;
  let connection: Awaited<ReturnType<typeof addConnection>>;
  /** What was told of ends. */
  let ended: object[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    ended = [];
    resources = {
      ...(await openTestResources(folder)),
      measurements: {
        ...noMeasurements,
        taskEnded: (task) => ended.push(task),
        syncEnded: (sync) => ended.push(sync),
      },
    };
    const changes = new SyncChanges();
    attempts = new SyncAttempts(resources, changes, new SyncRunner(resources, 30_000));
    tasks = new SyncTasks(resources, changes);
    connection = await addConnection(resources);
    const plan = await resources.store.database
      .transaction()
      .execute((transaction) => new SyncPlanner(resources).signIn(transaction, 'person', connection));
    taskId = plan.queue[0] ?? '';
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function take(): Promise<SyncAttempt> {
    const attempt = await attempts.take(taskId);
    if (attempt === undefined) throw new Error('There is nothing to take.');
    return attempt;
  }

  async function task(): Promise<SyncTaskRow> {
    return resources.store.database
      .selectFrom('sync_tasks')
      .selectAll()
      .where('id', '=', taskId)
      .executeTakeFirstOrThrow();
  }

  /** Everything that an attempt can change. */
  async function everything(): Promise<object> {
    const { database } = resources.store;
    return {
      task: await task(),
      connections: await database.selectFrom('connections').selectAll().execute(),
      permissions: await database.selectFrom('permissions').selectAll().execute(),
      repositories: await database.selectFrom('repositories').selectAll().execute(),
      syncs: await database.selectFrom('syncs').selectAll().execute(),
      generations: await database.selectFrom('generations').selectAll().execute(),
    };
  }

  function writePage(
    attempt: SyncAttempt,
    listed: Page<Repository>,
    omitted: readonly Omission[] = [],
  ): Promise<void> {
    return tasks.writePages(attempt, [{ page: listed, askedAt: resources.clock.now(), omitted }]);
  }

  const page = (resume?: string) => ({ items: fakeRepositories(2), ...(resume !== undefined && { resume }) });

  const takeovers = {
    'another attempt': async () => {
      await attempts.recover();
      await take();
    },
    'a release': async (attempt: SyncAttempt) => {
      await attempts.release(attempt);
    },
    'a new sign-in': async () => {
      await resources.store.database.updateTable('connections').set({ epoch: 2 }).execute();
    },
    'changed settings': async () => {
      await resources.store.database.updateTable('git_providers').set({ listing_version: 2 }).execute();
    },
    'a sign-out': async () => {
      await resources.store.database.deleteFrom('connections').execute();
    },
  };
  const writes = {
    'writes a page': (attempt: SyncAttempt) => writePage(attempt, page()),
    completes: (attempt: SyncAttempt) => tasks.complete(attempt, []),
    fails: (attempt: SyncAttempt) => tasks.fail(attempt, failure),
    'reports a revocation': (attempt: SyncAttempt) => tasks.failRevoked(attempt, failure),
    waits: (attempt: SyncAttempt) => tasks.wait(attempt, resources.clock.now(), failure, 0),
    'starts over': (attempt: SyncAttempt) => tasks.startOver(attempt),
  };

  for (const [takeover, takeOver] of Object.entries(takeovers)) {
    for (const [name, write] of Object.entries(writes)) {
      it(`changes nothing when it ${name} after ${takeover}`, async () => {
        const attempt = await take();
        await writePage(attempt, page('1'));
        await takeOver(attempt);
        const before = await everything();
        await expect(write(attempt)).rejects.toThrow(SupersededError);
        expect(await everything()).toEqual(before);
      });
    }
  }

  it('is the only one that can be taken', async () => {
    const taken = await Promise.all([attempts.take(taskId), attempts.take(taskId)]);
    expect(taken.filter((attempt) => attempt !== undefined)).toHaveLength(1);
  });

  it('goes on in the same generation where the last one stopped', async () => {
    const dead = await take();
    await writePage(dead, page('after-first'));
    expect(await attempts.recover()).toEqual([{ taskId, notBefore: undefined }]);
    expect(await take()).toEqual({
      ...dead,
      attempt: 2,
      resume: 'after-first',
      isFirst: false,
    });
    expect(await task()).toMatchObject({ pages: 1, repositories: 2, state: 'running' });
  });

  it('goes on in the pass in which the last one stopped, from its start where the forge did not say how', async () => {
    const first = await take();
    await writePage(first, page());
    const dead = await tasks.beginPass(first, []);
    await attempts.recover();
    expect(await take()).toMatchObject({ generation: dead.generation, pass: 2, resume: undefined });
    await attempts.recover();
    const next = await take();
    await writePage(next, page('after-first'));
    await attempts.recover();
    expect(await take()).toMatchObject({ generation: dead.generation, pass: 2, resume: 'after-first' });
    // What a further pass lists has been counted.
    expect(await task()).toMatchObject({ pages: 1, repositories: 2 });
  });

  it('lists nothing again where only what was missing had still to be confirmed', async () => {
    const dead = await take();
    const omitted = [{ organization: { path: 'secretive' }, reason: 'sso_required' as const }];
    await writePage(dead, page('after-first'));
    await tasks.endPass(dead, omitted);
    await attempts.recover();
    const { generation } = dead;
    expect(await take()).toMatchObject({ generation, isListed: true, resume: undefined, omitted });
  });

  it('begins anew, so that the forge is asked, where the credential was refused meanwhile', async () => {
    const dead = await take();
    await writePage(dead, page());
    await tasks.endPass(dead, []);
    await attempts.recover();
    await resources.store.database.updateTable('connections').set({ credential_refused: 1 }).execute();
    const next = await take();
    expect(next.generation).not.toBe(dead.generation);
    expect(next).toMatchObject({ isListed: false, resume: undefined });
  });

  it('is the first one until it was taken up, and again when the task is planned anew', async () => {
    expect((await take()).isFirst).toBe(true);
    await attempts.recover();
    expect((await take()).isFirst).toBe(false);
    await resources.store.database
      .transaction()
      .execute((transaction) => new SyncPlanner(resources).signIn(transaction, 'person', connection));
    expect((await take()).isFirst).toBe(true);
  });

  it('begins anew after a listing that has kept changing to the last pass', async () => {
    let dead = await take();
    for (let pass = 2; pass <= 4; pass += 1) dead = await tasks.beginPass(dead, []);
    await tasks.endPass(dead, []);
    await attempts.recover();
    const next = await take();
    expect(next.generation).not.toBe(dead.generation);
    expect(next).toMatchObject({ pass: 1, isListed: false });
  });

  it('starts in a new generation where the forge did not say how to go on', async () => {
    const dead = await take();
    await writePage(dead, page());
    await attempts.recover();
    const next = await take();
    expect(next.generation).not.toBe(dead.generation);
    expect(await task()).toMatchObject({ pages: 0, repositories: 0, resume: null });
  });

  it.each(['a new sign-in', 'changed settings'] as const)(
    'starts in a new generation after %s',
    async (takeover) => {
      const dead = await take();
      await writePage(dead, page('after-first'));
      await takeovers[takeover]();
      await attempts.recover();
      const next = await take();
      expect(next.generation).not.toBe(dead.generation);
      expect(next.resume).toBeUndefined();
    },
  );

  it('keeps what was left out on earlier pages', async () => {
    const dead = await take();
    const omitted = [{ organization: { path: 'secretive' }, reason: 'sso_required' as const }];
    await writePage(dead, page('after-first'), omitted);
    await attempts.recover();
    expect((await take()).omitted).toEqual(omitted);
  });

  it('is not tried for ever when the process dies each time before the first page', async () => {
    for (let round = 0; round < 50; round += 1) {
      await take();
      await attempts.recover();
    }
    expect(await task()).toMatchObject({ state: 'interrupted', error_kind: 'internal' });
    expect(await attempts.recover()).toEqual([]);
    expect(ended).toEqual([
      { providerType: 'fake', state: 'interrupted', errorKind: 'internal', durationMs: 0 },
      { state: 'interrupted' },
    ]);
  });

  it('writes a page of thousands in several transactions, and counts it as one', async () => {
    const attempt = await take();
    await writePage(attempt, { items: fakeRepositories(2500), total: 2500, resume: 'end' });
    expect(await task()).toMatchObject({ pages: 1, repositories: 2500, total: 2500, resume: 'end' });
  });

  it('counts a repository once that two pages bring', async () => {
    const attempt = await take();
    await writePage(attempt, page('1'));
    await writePage(attempt, { items: [...fakeRepositories(3), ...fakeRepositories(3)] });
    await tasks.complete(attempt, []);
    expect(await task()).toMatchObject({ state: 'succeeded', repositories: 3 });
  });

  it('leaves generations that nobody refers to for the sweep, and only those', async () => {
    const dead = await take();
    await writePage(dead, { items: fakeRepositories(2100) });
    await attempts.recover();
    const next = await take();
    await writePage(next, page('1'));
    const sweeper = new GenerationSweeper(resources);
    await sweeper.sweep();

    const { database } = resources.store;
    const kept = await database.selectFrom('permissions').select('generation').distinct().execute();
    expect(kept).toEqual([{ generation: next.generation }]);
    expect(await database.selectFrom('generations').select('id').execute()).toEqual([
      { id: next.generation },
    ]);

    await tasks.complete(next, []);
    await sweeper.sweep();
    expect(await database.selectFrom('generations').select('id').execute()).toEqual([
      { id: next.generation },
    ]);
  });
});
