import type { Clock, Logger } from '@anyforge/core';
import type { Measurements } from '../measurements.js';
import { DelayedJobs } from './delayed-jobs.js';
import type { JobQueue, JobTime, JobWork } from './job-queue.js';
import { RunningJobs } from './running-jobs.js';

export interface InProcessJobQueueOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly measurements: Pick<Measurements, 'jobPickedUp'>;
  /** How many jobs run at a time. */
  readonly concurrency: number;
}

/** A {@link JobQueue} in this process alone: first come, first served, a fixed number at a time. */
export class InProcessJobQueue implements JobQueue {
  readonly #clock: Clock;
  readonly #measurements: Pick<Measurements, 'jobPickedUp'>;
  /** Each with the time since when it is. */
  readonly #ready = new Map<string, number>();
  readonly #delayed: DelayedJobs;
  readonly #running: RunningJobs;
  #work: JobWork | undefined;
  #closed = false;

  constructor(options: InProcessJobQueueOptions) {
    this.#clock = options.clock;
    this.#measurements = options.measurements;
    this.#delayed = new DelayedJobs(options.clock);
    this.#running = new RunningJobs(options);
  }

  start(work: JobWork): void {
    this.#work = work;
    this.#pump();
  }

  add(jobId: string, { notBefore }: JobTime = {}): Promise<void> {
    if (this.#closed) return Promise.resolve();
    if (this.#delayed.isFuture(notBefore)) {
      this.#delayed.delay(jobId, notBefore, () => {
        this.#enqueue(jobId);
      });
    } else {
      this.#delayed.forget(jobId);
      this.#enqueue(jobId);
    }
    return Promise.resolve();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#delayed.close();
    await this.#running.close();
  }

  #enqueue(jobId: string): void {
    if (!this.#ready.has(jobId)) this.#ready.set(jobId, this.#clock.now().getTime());
    this.#pump();
  }

  #pump(): void {
    const work = this.#work;
    if (work === undefined) return;
    for (const [jobId, since] of this.#ready) {
      if (this.#closed || this.#running.full) return;
      if (this.#running.has(jobId)) continue;
      this.#ready.delete(jobId);
      this.#measurements.jobPickedUp({ lateMs: this.#clock.now().getTime() - since });
      this.#running.run(jobId, work, () => {
        this.#pump();
      });
    }
  }
}
