/**
 * Runs jobs that the store knows about. A job may be delivered twice, or again after it ran: what it does is
 * conditional on the store. Nothing in the queue outlives the process; at the start the store's open jobs are added.
 */
export interface JobQueue {
  /** Begins to work. Called once. */
  start(work: (jobId: string, signal: AbortSignal) => Promise<void>): void;
  /** Runs a job now, or at `notBefore`; a job that is running runs again afterwards. */
  add(jobId: string, options?: { readonly notBefore?: Date | undefined }): Promise<void>;
  /** Aborts a job that is running, and forgets one that waits. */
  cancel(jobId: string): Promise<void>;
  /** Aborts what runs, waits for it, and starts nothing more. */
  close(): Promise<void>;
}
