import type { ReadableWorld } from './readable-world.js';

/** What was worked out from a world, by key, kept while the world stands. */
export class Kept<Key, Value> {
  readonly #values = new Map<Key, Value>();
  #revision: number | undefined;

  constructor(readonly world: Pick<ReadableWorld, 'revision'>) {}

  /** Works it out again only when anything in the world has changed. */
  get(key: Key, make: () => Value): Value {
    this.#refresh();
    const existing = this.#values.get(key);
    if (existing !== undefined) return existing;
    const made = make();
    this.#values.set(key, made);
    return made;
  }

  /** Only what was worked out already. */
  peek(key: Key): Value | undefined {
    this.#refresh();
    return this.#values.get(key);
  }

  #refresh(): void {
    if (this.world.revision === this.#revision) return;
    this.#values.clear();
    this.#revision = this.world.revision;
  }
}
