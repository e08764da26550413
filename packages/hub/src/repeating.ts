import { randomInt } from 'node:crypto';
import type { Clock, Logger } from '@anyforge/core';
import { describeFault } from './describe-fault.js';

export interface RepeatingOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** About how long to pause in between: each time up to a quarter more or less, so that processes drift apart. */
  readonly everyMs: number;
  /** What the log says when it fails: `Idle sign-ins could not be renewed.` */
  readonly failure: string;
}

/** Does a piece of work again and again until it is closed. A failure is for the next time. */
export class Repeating {
  readonly #options: RepeatingOptions;
  readonly #work: (signal: AbortSignal) => Promise<void>;
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(options: RepeatingOptions, work: (signal: AbortSignal) => Promise<void>) {
    this.#options = options;
    this.#work = work;
  }

  /** The first time is after a pause. */
  start(): void {
    this.#running = this.#run();
  }

  /** Resolves when the work under way has ended, which its signal has told to. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { clock, logger, everyMs, failure } = this.#options;
    const { signal } = this.#stop;
    const isClosed = (): boolean => signal.aborted;
    while (!isClosed()) {
      const pauseMs = randomInt(Math.ceil(everyMs * 0.75), Math.ceil(everyMs * 1.25) + 1);
      try {
        await clock.sleep(pauseMs, signal);
        await this.#work(signal);
      } catch (error) {
        if (!isClosed()) logger.warn({ error: describeFault(error) }, failure);
      }
    }
  }
}
