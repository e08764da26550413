import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '@anyforge/forge-simulator';

/** The system's time and some more: a forge on it lets tokens expire when it is told to. */
export class ShiftedClock implements Clock {
  #aheadMs = 0;

  now(): Date {
    return new Date(Date.now() + this.#aheadMs);
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    await delay(ms, undefined, signal === undefined ? {} : { signal });
  }

  advance(ms: number): void {
    this.#aheadMs += ms;
  }
}
