import type { Clock, Logger } from '@anyforge/core';
import { DelayedJobs } from './delayed-jobs.js';
import type { JobQueue, JobTime, JobWork } from './job-queue.js';
import { RunningJobs } from './running-jobs.js';

/** A {@link JobQueue} in this process alone: first come, first served, a fixed number at a time. */
export class InProcessJobQueue implements JobQueue {
  readonly #ready = new Set<string>();
  readonly #delayed: DelayedJobs;
  readonly #running: RunningJobs;
  #work: JobWork | undefined;
  #closed = false;

  constructor(options: { readonly clock: Clock; readonly logger: Logger; readonly concurrency: number }) {
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
    this.#ready.add(jobId);
    this.#pump();
  }

  #pump(): void {
    const work = this.#work;
    if (work === undefined) return;
    for (const jobId of this.#ready) {
      if (this.#closed || this.#running.full) return;
      if (this.#running.has(jobId)) continue;
      this.#ready.delete(jobId);
      this.#running.run(jobId, work, () => {
        this.#pump();
      });
    }
  }
}
