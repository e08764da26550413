const tidyFrom = 1_000;

/** A map that lets go of entries with nothing left to say, so that it does not grow with every account there was. */
export class TidyMap<T> {
  readonly #entries = new Map<string, T>();
  readonly #isOver: (entry: T) => boolean;
  /** Twice as many as were in use the last time, or looking through them all would cost more than it saves. */
  #tidyAt = tidyFrom;

  constructor(isOver: (entry: T) => boolean) {
    this.#isOver = isOver;
  }

  get(name: string): T | undefined {
    return this.#entries.get(name);
  }

  set(name: string, entry: T): void {
    if (this.#entries.size >= this.#tidyAt && !this.#entries.has(name)) this.#tidy();
    this.#entries.set(name, entry);
  }

  /** The entry of this name, made on first use. */
  obtain(name: string, create: () => T): T {
    const known = this.get(name);
    if (known !== undefined) return known;
    const entry = create();
    this.set(name, entry);
    return entry;
  }

  #tidy(): void {
    for (const [name, entry] of this.#entries) if (this.#isOver(entry)) this.#entries.delete(name);
    this.#tidyAt = Math.max(tidyFrom, 2 * this.#entries.size);
  }
}
