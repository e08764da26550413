import type { Clock, Logger } from '@anyforge/core';
import { describeFault } from '../describe-fault.js';
import type { JobQueue } from './job-queue.js';

/** Timers of the system can't sleep longer than 24 days, and a long one notices late that the clock was set. */
const longestSleepMs = 60 * 60 * 1000;

/** A {@link JobQueue} in this process: first come, first served, a fixed number at a time. */
export class InProcessJobQueue implements JobQueue {
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #concurrency: number;
  readonly #ready = new Set<string>();
  readonly #delayed = new Map<string, AbortController>();
  readonly #running = new Map<
    string,
    { readonly controller: AbortController; readonly done: Promise<void> }
  >();
  readonly #again = new Set<string>();
  #work: ((jobId: string, signal: AbortSignal) => Promise<void>) | undefined;
  #closed = false;

  constructor(options: { readonly clock: Clock; readonly logger: Logger; readonly concurrency: number }) {
    this.#clock = options.clock;
    this.#logger = options.logger;
    this.#concurrency = options.concurrency;
  }

  start(work: (jobId: string, signal: AbortSignal) => Promise<void>): void {
    this.#work = work;
    this.#pump();
  }

  add(jobId: string, options: { readonly notBefore?: Date | undefined } = {}): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#wakeUp(jobId);
    const { notBefore } = options;
    if (notBefore !== undefined && notBefore > this.#clock.now()) this.#delay(jobId, notBefore);
    else this.#enqueue(jobId);
    return Promise.resolve();
  }

  cancel(jobId: string): Promise<void> {
    this.#wakeUp(jobId);
    this.#ready.delete(jobId);
    this.#again.delete(jobId);
    this.#running.get(jobId)?.controller.abort(new Error('The job was cancelled.'));
    return Promise.resolve();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#ready.clear();
    this.#again.clear();
    for (const jobId of [...this.#delayed.keys()]) this.#wakeUp(jobId);
    const running = [...this.#running.values()];
    for (const { controller } of running) controller.abort(new Error('The job queue is closing.'));
    await Promise.all(running.map(({ done }) => done));
  }

  #enqueue(jobId: string): void {
    if (this.#running.has(jobId)) this.#again.add(jobId);
    else this.#ready.add(jobId);
    this.#pump();
  }

  #delay(jobId: string, notBefore: Date): void {
    const controller = new AbortController();
    this.#delayed.set(jobId, controller);
    this.#sleepUntil(notBefore, controller.signal).then(
      () => {
        if (this.#delayed.get(jobId) !== controller) return;
        this.#delayed.delete(jobId);
        this.#enqueue(jobId);
      },
      (error: unknown) => {
        if (!controller.signal.aborted) this.#report(jobId, error);
      },
    );
  }

  async #sleepUntil(time: Date, signal: AbortSignal): Promise<void> {
    for (;;) {
      const remaining = time.getTime() - this.#clock.now().getTime();
      if (remaining <= 0) return;
      await this.#clock.sleep(Math.min(remaining, longestSleepMs), signal);
    }
  }

  /** Ends a job's delay. */
  #wakeUp(jobId: string): void {
    const delayed = this.#delayed.get(jobId);
    this.#delayed.delete(jobId);
    delayed?.abort(new Error('The delay is over.'));
  }

  #pump(): void {
    const work = this.#work;
    if (work === undefined) return;
    for (const jobId of this.#ready) {
      if (this.#closed || this.#running.size >= this.#concurrency) return;
      this.#ready.delete(jobId);
      this.#run(jobId, work);
    }
  }

  #run(jobId: string, work: (jobId: string, signal: AbortSignal) => Promise<void>): void {
    const controller = new AbortController();
    const done = Promise.resolve()
      .then(() => work(jobId, controller.signal))
      .catch((error: unknown) => {
        this.#report(jobId, error);
      })
      .then(() => {
        this.#running.delete(jobId);
        if (this.#again.delete(jobId)) this.#ready.add(jobId);
        this.#pump();
      });
    this.#running.set(jobId, { controller, done });
  }

  #report(jobId: string, error: unknown): void {
    this.#logger.warn(
      { jobId, error: describeFault(error) },
      'A job failed in a way that it should have handled.',
    );
  }
}
