import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { JobQueue } from '../../syncs/job-queue.js';
import { HeldWork } from '../../syncs/job-queue.fixture.js';
import { openJobQueue } from '../../syncs/open-job-queue.js';
import { PgBossJobQueue } from '../../syncs/pg-boss-job-queue.js';
import { gate } from '../../testing/test-hub.js';
import { openTestResources } from '../../testing/test-store.js';

interface Process {
  readonly resources: Awaited<ReturnType<typeof openTestResources>>;
  readonly queue: JobQueue;
  readonly jobs: HeldWork;
}

describe('the job queues of two processes', () => {
  let folder: string;
  let one: Process;
  let other: Process;

  async function open(): Promise<Process> {
    const resources = await openTestResources(folder);
    return { resources, queue: openJobQueue(resources, 2), jobs: new HeldWork() };
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    one = await open();
    other = await open();
  });

  afterEach(async () => {
    for (const { queue, resources } of [one, other]) {
      await queue.close();
      await resources.store.close();
    }
    await rm(folder, { recursive: true, force: true });
  });

  const jobsLeft = async () => {
    const { rows } = await sql<{
      readonly key: string;
    }>`select singleton_key as key from anyforge_jobs.job`.execute(one.resources.store.database);
    return rows.map(({ key }) => key);
  };

  const isAdded = (jobId: string) =>
    one.queue.add(jobId).then(
      () => true,
      () => false,
    );

  /** Ends all other connections to the database, as a PostgreSQL does that starts again. */
  const cutConnections = () =>
    sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid != pg_backend_pid()`.execute(one.resources.store.database);

  it('have a job run by the one that works, whichever was asked, and leave nothing behind', async () => {
    other.queue.start(other.jobs.work);
    await one.queue.add('a');
    expect(await other.jobs.begun(1)).toEqual(['a']);
    expect(await jobsLeft()).toEqual([]);
  });

  it('run each job once, and share what there is', async () => {
    one.queue.start(one.jobs.work);
    other.queue.start(other.jobs.work);
    await Promise.all(['a', 'b', 'c', 'd'].map((job) => one.queue.add(job)));
    await Promise.all([one.jobs.begun(2), other.jobs.begun(2)]);
    expect([...one.jobs.started, ...other.jobs.started].toSorted()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('add many jobs in one statement', async () => {
    const names = Array.from({ length: 1_000 }, (_, index) => `job-${String(index)}`);
    await Promise.all([...names, ...names].map((job) => one.queue.add(job)));
    expect((await jobsLeft()).toSorted()).toEqual(names.toSorted());
  });

  it('leave what one was running to the other when it is closed', async () => {
    one.queue.start(one.jobs.work);
    await one.queue.add('a');
    await one.jobs.begun(1);
    other.queue.start(other.jobs.work);
    await one.queue.close();
    expect(one.jobs.aborted).toEqual(['a']);
    expect(await other.jobs.begun(1)).toEqual(['a']);
  });

  it('leave to the other what was for one alone when that is closed', async () => {
    other.queue.start(other.jobs.work);
    await one.queue.add('mine', { here: true });
    await one.queue.close();
    expect(await other.jobs.begun(1)).toEqual(['mine']);
  });

  it('abort what runs at once when they are closed, whatever else they wait for', async () => {
    const { jobs } = one.resources.store;
    if (jobs === undefined) throw new Error('There are no jobs.');
    const held = gate();
    let isHeld = false;
    const queue = new PgBossJobQueue({
      ...one.resources,
      jobs: {
        ...jobs,
        executeSql: async (text, values) => {
          if (isHeld) await held.opened;
          return jobs.executeSql(text, values);
        },
      },
      concurrency: 2,
    });
    queue.start(one.jobs.work);
    await queue.add('a');
    await one.jobs.begun(1);
    isHeld = true;
    // It looks for a second one, and the database does not answer.
    one.resources.clock.advance(10_000);
    const closing = queue.close();
    expect(one.jobs.aborted).toEqual(['a']);
    held.open();
    await closing;
  });

  it('find a job of which they have heard nothing', async () => {
    const { jobs } = other.resources.store;
    if (jobs === undefined) throw new Error('There are no jobs.');
    let looks = 0;
    const deaf = new PgBossJobQueue({
      ...other.resources,
      jobs: {
        executeSql: async (text, values) => {
          const result = await jobs.executeSql(text, values);
          if (/skip locked/i.test(text)) looks += 1;
          return result;
        },
        listen: () => Promise.resolve({ close: () => Promise.resolve() }),
      },
      concurrency: 2,
    });
    deaf.start(other.jobs.work);
    while (looks === 0) await setTimeout(5);
    await one.queue.add('unheard');
    expect(other.jobs.started).toEqual([]);
    other.resources.clock.advance(10_000);
    expect(await other.jobs.begun(1)).toEqual(['unheard']);
    await deaf.close();
  });

  it('tidy up what a process has left that died when it had just taken a job', async () => {
    await one.queue.add('dead');
    const { database } = one.resources.store;
    await sql`update anyforge_jobs.job set state = 'active', started_on = now() - interval '1 hour'`.execute(
      database,
    );
    other.queue.start(other.jobs.work);
    const states = async () =>
      (
        await sql<{ readonly state: string }>`select state::text as state from anyforge_jobs.job`.execute(
          database,
        )
      ).rows;
    while ((await states())[0]?.state === 'active') {
      other.resources.clock.advance(60_000);
      await setTimeout(20);
    }
    expect(other.jobs.started).toEqual([]);
  });

  it('run a job that is for one process alone in that one', async () => {
    other.queue.start(other.jobs.work);
    await one.queue.add('mine', { here: true });
    await one.queue.add('anybody');
    expect(await other.jobs.begun(1)).toEqual(['anybody']);
    one.queue.start(one.jobs.work);
    expect(await one.jobs.begun(1)).toEqual(['mine']);
  });

  it('go on after every connection was cut, and hear of jobs as before', async () => {
    other.queue.start(other.jobs.work);
    await one.queue.add('before');
    expect(await other.jobs.begun(1)).toEqual(['before']);
    await cutConnections();
    // Whoever asks on a connection that was cut is told so, and gets another the next time.
    while (!(await isAdded('after')));
    expect(await other.jobs.begun(2)).toEqual(['before', 'after']);
    other.jobs.end('before');
    await one.queue.add('at last');
    expect(await other.jobs.begun(3)).toEqual(['before', 'after', 'at last']);
  });

  it('say nothing of the address of the database when it is away', async () => {
    await one.resources.store.close();
    await expect(one.queue.add('a')).rejects.toThrow();
    expect(one.resources.logger.lines.join()).not.toMatch(/postgres(ql)?:|127\.0\.0\.1|password/);
  });
});
