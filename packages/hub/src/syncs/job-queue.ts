/** When a job is to run. */
export interface JobTime {
  /** Now, when it is absent. By the clock of the hub. */
  readonly notBefore?: Date | undefined;
  /** Whether this process alone can run it. */
  readonly here?: boolean | undefined;
}

/**
 * Runs jobs that the store knows about, each in one process of those that share the database. A job may be delivered
 * twice, or again after it ran: what it does is conditional on the store. Nothing that waits for its time outlives the
 * process, and nothing at all has to: {@link SyncPatrol} adds what is left.
 */
export interface JobQueue {
  /** Begins to work. Called once, or never by a process that leaves the work to others. */
  start(work: JobWork): void;
  /** Has a job run, in whichever process is free. One that runs in this process runs again afterwards. */
  add(jobId: string, time?: JobTime): Promise<void>;
  /** Aborts what runs here, waits for it, and starts nothing more. Jobs that run in several processes go on in another. */
  close(): Promise<void>;
}

export type JobWork = (jobId: string, signal: AbortSignal) => Promise<void>;
