import type { Resources } from '../resources.js';
import { InProcessJobQueue } from './in-process-job-queue.js';
import type { JobQueue } from './job-queue.js';
import { PgBossJobQueue } from './pg-boss-job-queue.js';

/** The queue that fits the database: of all its processes, or of the one that has it. */
export function openJobQueue(resources: Resources, concurrency: number): JobQueue {
  const { clock, logger, measurements, store } = resources;
  const { jobs } = store;
  return jobs === undefined
    ? new InProcessJobQueue({ clock, logger, measurements, concurrency })
    : new PgBossJobQueue({ jobs, clock, logger, measurements, concurrency });
}
