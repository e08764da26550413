import type { Timers } from './timers.js';

/** Time that passes when somebody sleeps, at once. */
export class QuickTimers implements Timers {
  /** In milliseconds, those that were slept to their end. */
  readonly slept: number[] = [];
  #now = Date.parse('2026-11-21T10:00:00Z');

  now(): number {
    return this.#now;
  }

  pass(milliseconds: number): void {
    this.#now += milliseconds;
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    // After everything else that is ready: whoever waits for this and for something that is there has the latter first.
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    this.slept.push(milliseconds);
    this.pass(milliseconds);
  }

  random(): number {
    return 0;
  }
}
