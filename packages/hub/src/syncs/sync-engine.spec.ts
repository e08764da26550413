import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { GitProvider, GitSession, Page, Repository } from '@anyforge/core';
import { paged, ProviderError } from '@anyforge/core';
import { HubError } from '../errors.js';
import type { Resources } from '../resources.js';
import { fakeRepositories, FakeForge } from '../testing/fake-forge.js';
import type { TestClock } from '../testing/test-clock.js';
import { refuseTaskUpdates } from '../testing/refuse-updates.js';
import { addConnection, openTestResources } from '../testing/test-store.js';
import { DriftCheck } from './drift-check.js';
import { GenerationSweeper } from './generation-sweeper.js';
import type { JobQueue } from './job-queue.js';
import { SyncAttempts } from './sync-attempts.js';
import { SyncRunner } from './sync-runner.js';
import { SyncChanges } from './sync-changes.js';
import { SyncEngine } from './sync-engine.js';
import { SyncPlanner } from './sync-planner.js';
import { SyncTasks } from './sync-tasks.js';

/** Notes what is added, and runs nothing. */
class NotingQueue implements JobQueue {
  readonly added: (readonly [string, Date | undefined])[] = [];

  start(): void {
    throw new Error('A test runs its jobs itself.');
  }

  add(jobId: string, options: { readonly notBefore?: Date | undefined } = {}): Promise<void> {
    this.added.push([jobId, options.notBefore]);
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

describe('the sync engine', () => {
  let folder: string;
  let resources: Resources & { readonly clock: TestClock };
  let forge: FakeForge;
  let queue: NotingQueue;
  let sweeper: GenerationSweeper;
  let engine: SyncEngine;
  let tasks: SyncTasks;
  let provider: GitProvider;
  let open: () => Promise<GitSession>;
  let taskId: string;
  let signal: AbortSignal;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
    forge = new FakeForge();
    forge.addAccount('token', 'ada', fakeRepositories(6));
    provider = forge.plugin.create({ baseUrl: 'https://forge.test' });
    const changes = new SyncChanges();
    queue = new NotingQueue();
    sweeper = new GenerationSweeper(resources);
    tasks = new SyncTasks(resources, changes);
    open = () => Promise.resolve(provider.signIn({ kind: 'token', token: 'token' }));
    engine = new SyncEngine({
      resources,
      sessions: { open: () => open() },
      plan: { check: () => Promise.resolve() },
      attempts: new SyncAttempts(resources, changes, new SyncRunner(resources, 30_000)),
      tasks,
      check: new DriftCheck(resources, tasks),
      sweeper,
      queue,
      maxWaitMs: 0,
    });
    const connection = await addConnection(resources);
    const plan = await resources.store.database
      .transaction()
      .execute((transaction) => new SyncPlanner(resources).signIn(transaction, 'person', connection));
    taskId = plan.queue[0] ?? '';
    signal = new AbortController().signal;
  });

  afterEach(async () => {
    await sweeper.close();
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function state(): Promise<string | undefined> {
    const row = await resources.store.database.selectFrom('sync_tasks').select('state').executeTakeFirst();
    return row?.state;
  }

  it('does nothing for a task that is done, or was never there', async () => {
    await engine.run(taskId, signal);
    expect(await state()).toBe('succeeded');
    const asked = forge.requests.length;
    await engine.run(taskId, signal);
    await engine.run('nothing', signal);
    expect(forge.requests).toHaveLength(asked);
  });

  it('runs a task again later whose end the store refused to hear', async () => {
    const accept = await refuseTaskUpdates(resources.store, ['succeeded', 'failed']);
    await engine.run(taskId, signal);
    const later = new Date(resources.clock.now().getTime() + 30_000);
    expect(queue.added).toEqual([[taskId, later]]);
    expect(await state()).toBe('running');

    await accept();
    await engine.run(taskId, signal);
    expect(await state()).toBe('succeeded');
  });

  const outOfOrder = (kind: 'store_failed' | 'store_full') => new HubError(kind, 'Try again shortly.');

  it.each([
    ['a page', 'writePages', 'store_failed', [0, 1, 2, 1, 2]],
    ['the end', 'complete', 'store_full', [0, 1, 2, 0, 1, 2]],
  ] as const)(
    'goes on later where it stood when the store fails for a moment at %s',
    async (_, method, kind, pages) => {
      forge.before = () => {
        if (forge.requests.length === 2) jest.spyOn(tasks, method).mockRejectedValueOnce(outOfOrder(kind));
      };
      await engine.run(taskId, signal);
      expect(queue.added).toEqual([[taskId, new Date(resources.clock.now().getTime() + 30_000)]]);
      expect(await state()).toBe('running');

      await engine.run(taskId, signal);
      expect(await state()).toBe('succeeded');
      expect(forge.requests.map(({ page }) => page)).toEqual(pages);
    },
  );

  it('runs a task again later whose credential could not be had from the store', async () => {
    open = () => {
      open = () => Promise.resolve(provider.signIn({ kind: 'token', token: 'token' }));
      const cause = outOfOrder('store_failed');
      return Promise.reject(new ProviderError('unavailable', 'No credential.', { provider: 'fake', cause }));
    };
    await engine.run(taskId, signal);
    expect(queue.added).toHaveLength(1);
    await engine.run(taskId, signal);
    expect(await state()).toBe('succeeded');
  });

  it('runs a task again later that the store would not give out', async () => {
    await refuseTaskUpdates(resources.store);
    await engine.run(taskId, signal);
    expect(queue.added).toHaveLength(1);
    expect(forge.requests).toEqual([]);
  });

  it('takes a task up again, from the start, whose settings changed under it', async () => {
    forge.before = async ({ page }) => {
      if (page !== 1) return;
      forge.before = () => undefined;
      await resources.store.database.updateTable('git_providers').set({ listing_version: 2 }).execute();
    };
    await engine.run(taskId, signal);
    expect(await state()).toBe('queued');
    expect(queue.added).toEqual([[taskId, undefined]]);
    await engine.run(taskId, signal);
    expect(forge.requests.map(({ page }) => page)).toEqual([0, 1, 2, 0, 1, 2]);
    expect(await state()).toBe('succeeded');
  });

  it.each([
    ['its own time', 5_000, 5_000],
    ['a second, when that has passed', -5_000, 1_000],
    ['a minute, when it names none', undefined, 60_000],
  ])('waits for a rate limit until %s', async (_, told, expected) => {
    const now = resources.clock.now().getTime();
    forge.before = () => {
      throw forge.error('rate_limited', 'Slow down.', told === undefined ? undefined : new Date(now + told));
    };
    await engine.run(taskId, signal);
    expect(queue.added).toEqual([[taskId, new Date(now + expected)]]);
    expect(await state()).toBe('waiting');
  });

  it('tries again by itself, after longer and longer, when the forge is out of reach, and fails in the end', async () => {
    forge.before = () => {
      throw forge.error('unavailable', 'Down.');
    };
    for (const pause of [30_000, 120_000, 600_000]) {
      queue.added.length = 0;
      await engine.run(taskId, signal);
      expect(queue.added).toEqual([[taskId, new Date(resources.clock.now().getTime() + pause)]]);
      expect(await state()).toBe('waiting');
      resources.clock.advance(pause);
    }
    await engine.run(taskId, signal);
    expect(await state()).toBe('failed');
    expect(forge.requests).toHaveLength(4);
  });

  it('leaves a task alone that comes before its time, and has it come again', async () => {
    const retryAt = new Date(resources.clock.now().getTime() + 60_000);
    forge.before = () => {
      throw forge.error('rate_limited', 'Slow down.', retryAt);
    };
    await engine.run(taskId, signal);
    resources.clock.advance(59_999);
    await engine.run(taskId, signal);
    expect(forge.requests).toHaveLength(1);
    expect(queue.added).toEqual([
      [taskId, retryAt],
      [taskId, retryAt],
    ]);
    resources.clock.advance(1);
    forge.before = () => undefined;
    await engine.run(taskId, signal);
    expect(await state()).toBe('succeeded');
  });

  it('counts anew how often it has tried, once it has got on', async () => {
    forge.before = ({ page }) => {
      if (forge.requests.filter((request) => request.page === page).length < 4) {
        throw forge.error('network', 'Out of reach.');
      }
    };
    for (let round = 0; round < 9; round += 1) {
      await engine.run(taskId, signal);
      expect(await state()).toBe('waiting');
      resources.clock.advance(600_000);
    }
    await engine.run(taskId, signal);
    expect(await state()).toBe('succeeded');
  });

  it.each(['timeout', 'network'] as const)('tries again after %s', async (kind) => {
    forge.before = () => {
      throw forge.error(kind, 'Out of reach.');
    };
    await engine.run(taskId, signal);
    expect(await state()).toBe('waiting');
  });

  it('runs a task again later that was superseded, and that the store would not take back', async () => {
    const { database } = resources.store;
    const accept = await refuseTaskUpdates(resources.store, ['queued']);
    forge.before = async () => {
      await database.updateTable('git_providers').set({ listing_version: 2 }).execute();
      throw forge.error('unavailable', 'Down.');
    };
    await engine.run(taskId, signal);
    expect(queue.added).toHaveLength(1);

    forge.before = () => undefined;
    await accept();
    await engine.run(taskId, signal);
    expect(await state()).toBe('succeeded');
  });

  it('takes what a page tells for as old as the question', async () => {
    const asked = resources.clock.now().getTime();
    forge.before = () => {
      resources.clock.advance(1000);
    };
    await engine.run(taskId, signal);
    const observed = await resources.store.database
      .selectFrom('repositories')
      .select('observed_at')
      .orderBy('forge_id')
      .execute();
    expect(observed.map(({ observed_at }) => observed_at - asked)).toEqual([0, 0, 1000, 1000, 2000, 2000]);
  });

  it('takes what a page tells for as old as it says, where it was read ahead', async () => {
    const asked = new Date(resources.clock.now().getTime() - 5000);
    const session = provider.signIn({ kind: 'token', token: 'token' });
    open = () =>
      Promise.resolve({
        ...session,
        repositories: () => paged(() => onePage({ items: fakeRepositories(1), askedAt: asked })),
      });
    await engine.run(taskId, signal);
    const observed = resources.store.database.selectFrom('repositories').select('observed_at');
    expect(await observed.execute()).toEqual([{ observed_at: asked.getTime() }]);
  });

  it('does not start over, in the middle of a list, what it has written since it went on', async () => {
    const limit = { hit: false };
    forge.before = ({ page }) => {
      if (page === 1 && !limit.hit) {
        limit.hit = true;
        throw forge.error('rate_limited', 'Slow down.');
      }
      if (page === 2) throw forge.error('invalid_request', 'No.');
    };
    await engine.run(taskId, signal);
    resources.clock.advance(60_000);
    await engine.run(taskId, signal);
    expect(forge.requests.map(({ page }) => page)).toEqual([0, 1, 1, 2]);
    expect(await state()).toBe('failed');
  });

  it('gives a task back that is aborted, and leaves it to others to run it', async () => {
    const stopping = new AbortController();
    forge.before = ({ page }) => {
      if (page === 1) stopping.abort(new Error('stop'));
    };
    await engine.run(taskId, stopping.signal);
    expect(await state()).toBe('queued');
    expect(queue.added).toEqual([]);
  });

  it('shows no list whose sign-in was refused while it was listed', async () => {
    forge.before = async ({ page }) => {
      if (page !== 2) return;
      const refused = { credential_refused: 1, attention_reason: 'ended' };
      await resources.store.database.updateTable('connections').set(refused).execute();
    };
    await engine.run(taskId, signal);
    const connection = await resources.store.database
      .selectFrom('connections')
      .select(['visible_generation', 'attention_reason'])
      .executeTakeFirst();
    expect(connection).toEqual({ visible_generation: null, attention_reason: 'ended' });
    expect(queue.added).toEqual([[taskId, undefined]]);
  });

  it('asks the forge again, and not without a pause each time, when its end is refused again and again', async () => {
    forge.before = async ({ kind, page }) => {
      if (kind !== 'page' || page !== 2) return;
      await resources.store.database.updateTable('connections').set({ credential_refused: 1 }).execute();
    };
    const pauses: (number | undefined)[] = [];
    const pages: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      queue.added.length = 0;
      const now = resources.clock.now().getTime();
      await engine.run(taskId, signal);
      for (const [, notBefore] of queue.added) pauses.push(notBefore && notBefore.getTime() - now);
      pages.push(forge.requests.length);
      resources.clock.advance(600_000);
    }
    expect(pauses).toEqual([undefined, 120_000, 600_000]);
    expect(pages).toEqual([3, 6, 9, 12, 12]);
    expect(await state()).toBe('failed');
  });
});

async function* onePage(page: Page<Repository>): AsyncGenerator<Page<Repository>> {
  yield await Promise.resolve(page);
}
