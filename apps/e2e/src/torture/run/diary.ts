import type { FastClock } from '../fast-clock.js';

/** What has happened in a run, line by line, each with its moment: what a violation is told with. */
export class Diary {
  readonly #clock: FastClock;
  readonly #lines: string[] = [];

  constructor(clock: FastClock) {
    this.#clock = clock;
  }

  note(words: string): void {
    this.#lines.push(`${this.#clock.now().getTime()} ${words}`);
  }

  get lines(): readonly string[] {
    return this.#lines;
  }
}
