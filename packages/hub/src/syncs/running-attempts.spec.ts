import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { gate } from '../testing/test-hub.js';
import { addConnection, openTestResources } from '../testing/test-store.js';
import { RunningAttempts } from './running-attempts.js';
import { SupersededError } from './sync-attempt.js';
import { SyncPlanner } from './sync-planner.js';

describe('the attempts that a process makes', () => {
  let folder: string;
  let resources: Awaited<ReturnType<typeof openTestResources>>;
  let running: RunningAttempts;
  let taskId: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
    running = new RunningAttempts(resources.store);
    const connection = await addConnection(resources);
    const plan = await resources.store.database
      .transaction()
      .execute((transaction) => new SyncPlanner(resources).signIn(transaction, 'person', connection));
    taskId = plan.queue[0] ?? '';
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Works on the task until it is ended or aborted. */
  function work(signal = new AbortController().signal) {
    const end = gate();
    const signals: AbortSignal[] = [];
    const done = running.run(taskId, signal, async (own) => {
      signals.push(own);
      own.addEventListener('abort', () => {
        end.open();
      });
      await end.opened;
    });
    const [own] = signals;
    if (own === undefined) throw new Error('The work has not begun.');
    return { own, done, end };
  }

  const store = (state: 'queued' | 'running' | 'cancelled', attempt: number) =>
    resources.store.database.updateTable('sync_tasks').set({ state, attempt }).execute();

  it.each([
    ['was cancelled', 'cancelled', 1],
    ['is to begin anew', 'queued', 1],
    ['was taken up by another process', 'running', 2],
  ] as const)('are aborted when their task %s', async (_, state, attempt) => {
    const { own, done } = work();
    running.took({ taskId, attempt: 1 });
    await store('running', 1);
    await running.abortStopped();
    expect(own.aborted).toBe(false);
    await store(state, attempt);
    await running.abortStopped(['another', taskId]);
    expect(own.reason).toBeInstanceOf(SupersededError);
    await done;
  });

  it('are left alone until the task is taken up', async () => {
    const { own, done, end } = work();
    await running.abortStopped();
    expect(own.aborted).toBe(false);
    end.open();
    await done;
  });

  it('are aborted with the queue, for its reason', async () => {
    const queue = new AbortController();
    const { own, done } = work(queue.signal);
    queue.abort(new Error('closing'));
    await done;
    expect(own.reason).toMatchObject({ message: 'closing' });
  });

  it('leave no request on its way when they have ended', async () => {
    const { own, done, end } = work();
    end.open();
    await done;
    expect(own.aborted).toBe(true);
  });
});
