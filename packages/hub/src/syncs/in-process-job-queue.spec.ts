import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TestClock } from '../testing/test-clock.js';
import { gate, TestLogger } from '../testing/test-hub.js';
import { InProcessJobQueue } from './in-process-job-queue.js';

/** Lets everything happen that waits for nothing. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the job queue of one process', () => {
  let clock: TestClock;
  let logger: TestLogger;
  let queue: InProcessJobQueue;
  let started: string[];
  let gates: Map<string, ReturnType<typeof gate>>;

  beforeEach(() => {
    clock = new TestClock();
    logger = new TestLogger();
    queue = new InProcessJobQueue({ clock, logger, concurrency: 2 });
    started = [];
    gates = new Map();
  });

  afterEach(() => queue.close());

  /** Works on a job until its gate opens or it is aborted. */
  function start(): void {
    queue.start(async (jobId, signal) => {
      started.push(jobId);
      const held = gate();
      gates.set(jobId, held);
      signal.addEventListener('abort', () => {
        held.open();
      });
      await held.opened;
    });
  }

  it('runs jobs in their order, so many at a time', async () => {
    start();
    for (const job of ['a', 'b', 'c', 'd']) await queue.add(job);
    await settled();
    expect(started).toEqual(['a', 'b']);
    gates.get('b')?.open();
    await settled();
    expect(started).toEqual(['a', 'b', 'c']);
  });

  it('runs what was added before it started', async () => {
    await queue.add('early');
    start();
    await settled();
    expect(started).toEqual(['early']);
  });

  it('runs a job once however often it is added while it waits', async () => {
    await queue.add('a');
    await queue.add('a');
    start();
    await settled();
    gates.get('a')?.open();
    await settled();
    expect(started).toEqual(['a']);
  });

  it('runs a job again afterwards that is added while it runs', async () => {
    start();
    await queue.add('a');
    await settled();
    await queue.add('a');
    await queue.add('a');
    gates.get('a')?.open();
    await settled();
    expect(started).toEqual(['a', 'a']);
    gates.get('a')?.open();
    await settled();
    expect(started).toHaveLength(2);
  });

  it('runs a delayed job at its time, however far away, and earlier when it is added again', async () => {
    start();
    const notBefore = new Date(clock.now().getTime() + 30 * 24 * 60 * 60 * 1000);
    await queue.add('later', { notBefore });
    await queue.add('sooner', { notBefore });
    await queue.add('sooner');
    await settled();
    expect(started).toEqual(['sooner']);
    clock.advance(29 * 24 * 60 * 60 * 1000);
    await settled();
    expect(started).toEqual(['sooner']);
    clock.advance(24 * 60 * 60 * 1000);
    await settled();
    expect(started).toEqual(['sooner', 'later']);
    expect(clock.sleeping).toBe(0);
  });

  it('aborts a job that is cancelled, and runs it anew when it is added after that', async () => {
    start();
    await queue.add('a');
    await settled();
    await queue.cancel('a');
    await queue.add('a');
    await settled();
    expect(started).toEqual(['a', 'a']);
  });

  it('forgets a job that is cancelled before it runs', async () => {
    await queue.add('waiting');
    await queue.add('delayed', { notBefore: new Date(clock.now().getTime() + 1000) });
    await queue.cancel('waiting');
    await queue.cancel('delayed');
    start();
    clock.advance(1000);
    await settled();
    expect(started).toEqual([]);
  });

  it('does not run a job again that was to and is cancelled', async () => {
    start();
    await queue.add('a');
    await settled();
    await queue.add('a');
    await queue.cancel('a');
    await settled();
    expect(started).toEqual(['a']);
  });

  it('goes on after a job that fails, and logs it', async () => {
    const done: string[] = [];
    queue.start((jobId) => {
      if (jobId === 'bad') return Promise.reject(new RangeError('canary'));
      done.push(jobId);
      return Promise.resolve();
    });
    for (const job of ['bad', 'good']) await queue.add(job);
    await settled();
    expect(done).toEqual(['good']);
    expect(logger.lines).toEqual([expect.stringContaining('RangeError at ')]);
    expect(logger.lines.join()).not.toContain('canary');
  });

  it('aborts what runs and starts nothing more when it is closed', async () => {
    start();
    for (const job of ['a', 'b', 'c']) await queue.add(job);
    await queue.add('delayed', { notBefore: new Date(clock.now().getTime() + 1000) });
    await settled();
    await queue.close();
    await queue.add('late');
    clock.advance(1000);
    await settled();
    expect(started).toEqual(['a', 'b']);
    expect(clock.sleeping).toBe(0);
  });
});
