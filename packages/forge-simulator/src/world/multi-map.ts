/** A map from a key to a set of values that forgets empty sets. */
export class MultiMap<Key, Value> {
  readonly #sets = new Map<Key, Set<Value>>();

  add(key: Key, value: Value): void {
    const set = this.#sets.get(key);
    if (set === undefined) this.#sets.set(key, new Set([value]));
    else set.add(value);
  }

  remove(key: Key, value: Value): void {
    const set = this.#sets.get(key);
    if (set?.delete(value) === true && set.size === 0) this.#sets.delete(key);
  }

  *values(): Generator<Value> {
    for (const set of this.#sets.values()) yield* set;
  }

  get(key: Key): Iterable<Value> {
    return this.#sets.get(key) ?? [];
  }
}
