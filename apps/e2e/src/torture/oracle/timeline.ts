interface Span<Value> {
  readonly value: Value;
  /** The first moment at which it may hold. */
  readonly from: number;
  /** The last one. */
  until: number;
}

/** What held when. A change whose moment is not known to the tick may have come at any between two. */
export class Timeline<Value> {
  readonly #spans: Span<Value>[];

  constructor(at: number, value: Value) {
    this.#spans = [{ value, from: at, until: Number.POSITIVE_INFINITY }];
  }

  /** From now on it is this: since `from` at the earliest, and since `until` for certain. */
  change(value: Value, from: number, until = from): void {
    for (const span of this.#spans) span.until = Math.min(span.until, until);
    this.#spans.push({ value, from, until: Number.POSITIVE_INFINITY });
  }

  get last(): Value {
    const last = this.#spans.at(-1);
    if (last === undefined) throw new Error('A timeline begins with something.');
    return last.value;
  }

  /** All that may have held at some moment between two, both included, in order. */
  during(from: number, until: number): readonly Value[] {
    return this.#spans.filter((span) => span.from <= until && span.until >= from).map(({ value }) => value);
  }
}
