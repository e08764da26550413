import type { Logger } from '@anyforge/core';
import { PgBoss } from 'pg-boss';
import { describeFault } from '../describe-fault.js';
import type { JobDatabase } from '../store/postgres/job-tables.js';
import { jobQueueName, jobSchema } from '../store/postgres/job-tables.js';

export interface SharedJobsOptions {
  /** Where pg-boss keeps its tables. */
  readonly jobs: JobDatabase;
  readonly logger: Logger;
  /** Called when any process may have added a job. */
  readonly onReady: () => void;
}

/** A job that was taken out of the queue. */
export interface TakenJob {
  readonly id: string;
  /** How long it was ready, in milliseconds. */
  readonly lateMs: number;
}

/** The jobs that are ready for whichever process takes them, kept by pg-boss. */
export class SharedJobs {
  readonly #options: SharedJobsOptions;
  #boss: Promise<PgBoss> | undefined;
  /** The jobs that go out next, all in one statement. */
  #outgoing: { readonly ids: Set<string>; readonly sent: Promise<void> } | undefined;
  #sending: Promise<void> = Promise.resolve();

  constructor(options: SharedJobsOptions) {
    this.#options = options;
  }

  /** A job that is there already stays the one that it is. */
  async add(jobId: string): Promise<void> {
    this.#outgoing ??= this.#nextBatch();
    this.#outgoing.ids.add(jobId);
    await this.#outgoing.sent;
  }

  /** The oldest, which nobody else gets any more. */
  async take(): Promise<TakenJob | undefined> {
    const boss = await this.#start();
    const [job] = await boss.fetch(jobQueueName, { includeMetadata: true });
    if (job === undefined || job.singletonKey === null) return undefined;
    // Where that fails, it is in nobody's way, and tidied up later.
    await boss.deleteJob(jobQueueName, job.id).catch(() => undefined);
    return { id: job.singletonKey, lateMs: job.startedOn.getTime() - job.createdOn.getTime() };
  }

  /** Removes what processes that died have left, and looks after the indexes. Processes that do so at once take turns. */
  async tidy(): Promise<void> {
    const boss = await this.#start();
    await boss.supervise(jobQueueName);
  }

  async close(): Promise<void> {
    const boss = await this.#boss?.catch(() => undefined);
    await boss?.stop({ graceful: false, close: false });
  }

  #nextBatch(): { readonly ids: Set<string>; readonly sent: Promise<void> } {
    const ids = new Set<string>();
    // Whatever comes while the one before is under way goes along.
    const sent = this.#sending.then(async () => {
      const boss = await this.#start();
      this.#outgoing = undefined;
      await boss.insert(
        jobQueueName,
        [...ids].map((singletonKey) => ({ singletonKey })),
      );
    });
    this.#sending = sent.catch(() => {
      this.#outgoing = undefined;
    });
    return { ids, sent };
  }

  #start(): Promise<PgBoss> {
    if (this.#boss !== undefined) return this.#boss;
    const starting = this.#startAnew();
    this.#boss = starting;
    // The next who needs it tries again.
    starting.catch(() => {
      this.#boss = undefined;
    });
    return starting;
  }

  async #startAnew(): Promise<PgBoss> {
    const { jobs, logger, onReady } = this.#options;
    const boss = new PgBoss({
      db: {
        executeSql: (text, values) => jobs.executeSql(text, values),
        listen: (channel) => jobs.listen(channel, onReady, onReady),
      },
      schema: jobSchema,
      useListenNotify: true,
      // Its tables are made where all others are, and it is told when to tidy up.
      migrate: false,
      supervise: false,
      schedule: false,
    });
    boss.on('error', (error) => {
      logger.warn({ error: describeFault(error) }, 'The job queue has met an error and goes on.');
    });
    boss.on('warning', ({ message }) => {
      logger.warn({ warning: message }, 'The job queue warns.');
    });
    try {
      return await boss.start();
    } catch (error) {
      await boss.stop({ graceful: false, close: false });
      throw error;
    }
  }
}
