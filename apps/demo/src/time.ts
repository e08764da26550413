import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '@anyforge/forge-simulator';

/** The demo's time, which everything in it goes by: the system's and some more, or less. */
export class DemoTime implements Clock {
  #aheadMs = 0;

  get aheadMs(): number {
    return this.#aheadMs;
  }

  now(): Date {
    return new Date(Date.now() + this.#aheadMs);
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    await delay(ms, undefined, signal === undefined ? {} : { signal });
  }

  /** From now on it is this moment, and goes on from there. */
  set(moment: Date): void {
    this.#aheadMs = moment.getTime() - Date.now();
  }
}
