import type { Clock } from '@anyforge/core';

/** Timers of the system can't sleep longer than 24 days, and a long one notices late that the clock was set. */
const longestSleepMs = 60 * 60 * 1000;

/** Jobs of this process that wait for their time. */
export class DelayedJobs {
  readonly #clock: Clock;
  readonly #sleeping = new Map<string, AbortController>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether there is anything to wait for. */
  isFuture(time: Date | undefined): time is Date {
    return time !== undefined && time > this.#clock.now();
  }

  /** Calls back at that time, unless the job is forgotten or delayed anew before. */
  delay(jobId: string, until: Date, onTime: () => void): void {
    this.forget(jobId);
    const controller = new AbortController();
    this.#sleeping.set(jobId, controller);
    void this.#sleep(until, controller.signal).then(() => {
      if (controller.signal.aborted) return;
      this.#sleeping.delete(jobId);
      onTime();
    });
  }

  forget(jobId: string): void {
    this.#sleeping.get(jobId)?.abort(new Error('The job waits for this time no more.'));
    this.#sleeping.delete(jobId);
  }

  close(): void {
    for (const jobId of [...this.#sleeping.keys()]) this.forget(jobId);
  }

  async #sleep(until: Date, signal: AbortSignal): Promise<void> {
    try {
      while (this.isFuture(until)) {
        const remaining = until.getTime() - this.#clock.now().getTime();
        await this.#clock.sleep(Math.min(remaining, longestSleepMs), signal);
      }
    } catch {
      // Forgotten, or its clock has failed: whoever takes up a task that comes too early has it wait again.
    }
  }
}
