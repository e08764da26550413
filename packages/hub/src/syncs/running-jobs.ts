import type { Logger } from '@anyforge/core';
import { describeFault } from '../describe-fault.js';
import type { JobWork } from './job-queue.js';

/** The jobs that run in this process. */
export class RunningJobs {
  readonly #logger: Logger;
  readonly #concurrency: number;
  readonly #running = new Map<
    string,
    { readonly controller: AbortController; readonly done: Promise<void> }
  >();

  /** @param concurrency How many run at a time. */
  constructor(options: { readonly logger: Logger; readonly concurrency: number }) {
    this.#logger = options.logger;
    this.#concurrency = options.concurrency;
  }

  get full(): boolean {
    return this.#running.size >= this.#concurrency;
  }

  has(jobId: string): boolean {
    return this.#running.has(jobId);
  }

  /** Runs a job that does not run. A failure is logged. */
  run(jobId: string, work: JobWork, onEnd: () => void): void {
    const controller = new AbortController();
    const done = Promise.resolve()
      .then(() => work(jobId, controller.signal))
      .catch((error: unknown) => {
        this.#logger.warn(
          { jobId, error: describeFault(error) },
          'A job failed in a way that it should have handled.',
        );
      })
      .then(() => {
        this.#running.delete(jobId);
        onEnd();
      });
    this.#running.set(jobId, { controller, done });
  }

  /** Aborts what runs and waits for it. @returns what was running. */
  async close(): Promise<readonly string[]> {
    const running = [...this.#running];
    for (const [, { controller }] of running) controller.abort(new Error('The job queue is closing.'));
    await Promise.all(running.map(([, { done }]) => done));
    return running.map(([jobId]) => jobId);
  }
}
