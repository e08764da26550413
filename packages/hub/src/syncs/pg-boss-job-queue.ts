import type { Clock, Logger } from '@anyforge/core';
import { describeFault } from '../describe-fault.js';
import type { Measurements } from '../measurements.js';
import { Repeating } from '../repeating.js';
import type { JobDatabase } from '../store/postgres/job-tables.js';
import { DelayedJobs } from './delayed-jobs.js';
import type { JobQueue, JobTime, JobWork } from './job-queue.js';
import { RunningJobs } from './running-jobs.js';
import { SharedJobs } from './shared-jobs.js';

/** How often to look for jobs of which no message has come. */
const lookEveryMs = 5_000;
const tidyEveryMs = 10 * 60 * 1000;

export interface PgBossJobQueueOptions {
  /** Where pg-boss keeps its tables. */
  readonly jobs: JobDatabase;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly measurements: Pick<Measurements, 'jobPickedUp'>;
  /** How many jobs this process runs at a time. */
  readonly concurrency: number;
}

/**
 * A {@link JobQueue} of all processes on a PostgreSQL: pg-boss hands each job that is ready to one that is free. Whoever
 * gets it takes it out of the queue, so that it may run for as long as it likes; that it is run again when its process
 * dies is not the queue's business.
 */
export class PgBossJobQueue implements JobQueue {
  readonly #shared: SharedJobs;
  readonly #measurements: Pick<Measurements, 'jobPickedUp'>;
  readonly #logger: Logger;
  readonly #delayed: DelayedJobs;
  readonly #running: RunningJobs;
  readonly #rounds: readonly Repeating[];
  /** Ready, and this process's: because nobody else can run them, or because they run here already. */
  readonly #here = new Set<string>();
  #work: JobWork | undefined;
  #looking: Promise<void> | undefined;
  #lookAgain = false;
  #closed = false;

  constructor(options: PgBossJobQueueOptions) {
    const { clock, logger } = options;
    this.#logger = logger;
    this.#measurements = options.measurements;
    this.#delayed = new DelayedJobs(clock);
    this.#running = new RunningJobs(options);
    this.#shared = new SharedJobs({
      ...options,
      onReady: () => {
        this.#look();
      },
    });
    this.#rounds = [
      new Repeating({ clock, logger, everyMs: lookEveryMs, failure: 'Jobs could not be looked for.' }, () => {
        this.#look();
        return Promise.resolve();
      }),
      new Repeating({ clock, logger, everyMs: tidyEveryMs, failure: 'Jobs could not be tidied up.' }, () =>
        this.#shared.tidy(),
      ),
    ];
  }

  start(work: JobWork): void {
    this.#work = work;
    for (const round of this.#rounds) round.start();
    this.#look();
  }

  async add(jobId: string, { notBefore, here = false }: JobTime = {}): Promise<void> {
    if (this.#closed) return;
    if (this.#delayed.isFuture(notBefore)) {
      this.#delayed.delay(jobId, notBefore, () => {
        this.#enqueue(jobId, here).catch((error: unknown) => {
          // Whoever finds it overdue adds it again.
          this.#warn(error, 'A job could not be added.');
        });
      });
      return;
    }
    this.#delayed.forget(jobId);
    await this.#enqueue(jobId, here);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#delayed.close();
    // Aborted at once, whatever else has to be waited for.
    const stopping = this.#running.close();
    await Promise.all(this.#rounds.map((round) => round.close()));
    await this.#looking;
    const left = [...(await stopping), ...this.#here];
    // Another process goes on at once. Where the database does not answer, it finds out by itself.
    await Promise.all(left.map((jobId) => this.#shared.add(jobId))).catch(() => undefined);
    await this.#shared.close();
  }

  async #enqueue(jobId: string, here: boolean): Promise<void> {
    if (here) this.#here.add(jobId);
    else await this.#shared.add(jobId);
    this.#look();
  }

  /** Looks for jobs now, or once more after the look that is under way. */
  #look(): void {
    this.#lookAgain = true;
    this.#looking ??= this.#takeUp()
      .catch((error: unknown) => {
        this.#warn(error, 'Jobs could not be looked for.');
      })
      .finally(() => {
        this.#looking = undefined;
      });
  }

  /** One at a time, so that processes that look at once share what there is. */
  async #takeUp(): Promise<void> {
    while (this.#lookAgain) {
      this.#lookAgain = false;
      while (this.#work !== undefined && !this.#closed && !this.#running.full) {
        const jobId = this.#nextHere() ?? (await this.#takeShared());
        if (jobId === undefined) break;
        // It may be closed by now, and the job may run here already.
        if (this.#mayRun(jobId)) this.#run(jobId, this.#work);
        else this.#here.add(jobId);
      }
    }
  }

  #nextHere(): string | undefined {
    for (const jobId of this.#here) {
      if (this.#running.has(jobId)) continue;
      this.#here.delete(jobId);
      return jobId;
    }
    return undefined;
  }

  async #takeShared(): Promise<string | undefined> {
    const job = await this.#shared.take();
    if (job !== undefined) this.#measurements.jobPickedUp({ lateMs: job.lateMs });
    return job?.id;
  }

  #mayRun(jobId: string): boolean {
    return !this.#closed && !this.#running.has(jobId);
  }

  #run(jobId: string, work: JobWork): void {
    this.#running.run(jobId, work, () => {
      this.#look();
    });
  }

  #warn(error: unknown, message: string): void {
    this.#logger.warn({ error: describeFault(error) }, message);
  }
}
