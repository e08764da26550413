import type { World } from '../world/world.js';

/** What was put together for one page, kept for the next ones until the world changes. */
export class Keep<Value> {
  readonly #values = new Map<string, Value>();
  #revision = -1;

  constructor(readonly world: World) {}

  /** @param key names what `make` makes: whose, of what, in which order */
  of(key: string, make: () => Value): Value {
    if (this.world.revision !== this.#revision) this.#values.clear();
    this.#revision = this.world.revision;
    const existing = this.#values.get(key);
    if (existing !== undefined) return existing;
    const made = make();
    this.#values.set(key, made);
    return made;
  }
}
