/** Lets one holder in at a time, in the order of asking. */
export class Mutex {
  readonly #queue: (() => void)[] = [];
  #held = false;

  async acquire(): Promise<void> {
    if (this.#held) await new Promise<void>((resolve) => this.#queue.push(resolve));
    this.#held = true;
  }

  release(): void {
    const next = this.#queue.shift();
    // The lock is handed on, never free in between, so that nobody overtakes who waits.
    if (next === undefined) this.#held = false;
    else next();
  }
}
