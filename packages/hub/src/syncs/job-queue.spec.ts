import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openTestResources } from '../testing/test-store.js';
import type { JobQueue } from './job-queue.js';
import { HeldWork } from './job-queue.fixture.js';
import { openJobQueue } from './open-job-queue.js';

const day = 24 * 60 * 60 * 1000;

/** What the engine relies on, on each database. */
describe('a job queue', () => {
  let folder: string;
  let resources: Awaited<ReturnType<typeof openTestResources>>;
  let queue: JobQueue;
  let jobs: HeldWork;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
    queue = openJobQueue(resources, 2);
    jobs = new HeldWork();
  });

  afterEach(async () => {
    await queue.close();
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  const later = (ms: number) => new Date(resources.clock.now().getTime() + ms);

  it('runs jobs in their order, so many at a time', async () => {
    queue.start(jobs.work);
    for (const job of ['a', 'b', 'c', 'd']) await queue.add(job);
    expect(await jobs.begun(2)).toEqual(['a', 'b']);
    jobs.end('b');
    expect(await jobs.begun(3)).toEqual(['a', 'b', 'c']);
    jobs.end('a');
    expect(await jobs.begun(4)).toEqual(['a', 'b', 'c', 'd']);
    expect(jobs.peak).toBe(2);
  });

  it('runs what was added before it started', async () => {
    await queue.add('early');
    queue.start(jobs.work);
    expect(await jobs.begun(1)).toEqual(['early']);
  });

  it('runs a job once however often it is added while it waits', async () => {
    await queue.add('a');
    await Promise.all([queue.add('a'), queue.add('a')]);
    await queue.add('last');
    queue.start(jobs.work);
    expect(await jobs.begun(2)).toEqual(['a', 'last']);
    jobs.end('a');
    await queue.add('after that');
    expect(await jobs.begun(3)).toEqual(['a', 'last', 'after that']);
  });

  it('runs a job again afterwards that is added while it runs, and never twice at a time', async () => {
    queue.start(jobs.work);
    await queue.add('a');
    await jobs.begun(1);
    await queue.add('a');
    await queue.add('a');
    await queue.add('other');
    expect(await jobs.begun(2)).toEqual(['a', 'other']);
    jobs.end('a');
    expect(await jobs.begun(3)).toEqual(['a', 'other', 'a']);
    jobs.end('a');
    await queue.add('last');
    expect(await jobs.begun(4)).toEqual(['a', 'other', 'a', 'last']);
  });

  it('runs a delayed job at its time, however far away, and earlier when it is added again', async () => {
    queue.start(jobs.work);
    await queue.add('later', { notBefore: later(30 * day) });
    await queue.add('sooner', { notBefore: later(30 * day) });
    await queue.add('sooner');
    expect(await jobs.begun(1)).toEqual(['sooner']);
    resources.clock.advance(29 * day);
    await queue.add('meanwhile');
    expect(await jobs.begun(2)).toEqual(['sooner', 'meanwhile']);
    jobs.end('sooner');
    resources.clock.advance(day);
    expect(await jobs.begun(3)).toEqual(['sooner', 'meanwhile', 'later']);
  });

  it('runs a job here that this process alone can run', async () => {
    await queue.add('mine', { notBefore: later(1_000), here: true });
    queue.start(jobs.work);
    resources.clock.advance(1_000);
    expect(await jobs.begun(1)).toEqual(['mine']);
  });

  it('goes on after a job that fails, and logs it without what it says', async () => {
    queue.start((jobId, signal) =>
      jobId === 'bad' ? Promise.reject(new RangeError('canary')) : jobs.work(jobId, signal),
    );
    for (const job of ['bad', 'good']) await queue.add(job);
    expect(await jobs.begun(1)).toEqual(['good']);
    await queue.close();
    expect(resources.logger.lines).toEqual([expect.stringContaining('RangeError at ')]);
    expect(resources.logger.lines.join()).not.toContain('canary');
  });

  it('aborts what runs and waits for it, and starts nothing more, when it is closed', async () => {
    queue.start(jobs.work);
    for (const job of ['a', 'b', 'c']) await queue.add(job);
    await queue.add('delayed', { notBefore: later(1_000) });
    await jobs.begun(2);
    await queue.close();
    await queue.add('late');
    resources.clock.advance(1_000);
    expect(jobs.started).toEqual(['a', 'b']);
    expect(jobs.aborted).toEqual(['a', 'b']);
  });
});
