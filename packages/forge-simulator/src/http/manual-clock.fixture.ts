import type { Clock } from './clock.js';

/** A clock that moves only when it is told to, or when something sleeps on it. */
export class ManualClock implements Clock {
  #time = Date.UTC(2026, 10, 20, 12);

  now(): Date {
    return new Date(this.#time);
  }

  advance(ms: number): void {
    this.#time += ms;
  }

  sleep(ms: number): Promise<void> {
    this.advance(ms);
    return Promise.resolve();
  }
}
