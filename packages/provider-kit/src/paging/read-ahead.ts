import type { CallEvent, CallOptions } from '@anyforge/core';

export interface ReadAheadOptions<Position, Loaded> {
  readonly load: (position: Position, call: CallOptions) => Promise<Loaded>;
  readonly call: CallOptions;
  readonly signal: AbortSignal;
  /** How many loads may be under way or waiting to be taken. */
  readonly concurrency: number;
}

/**
 * Loads known positions ahead of the one who takes them, in order and never more than `concurrency` at once, taken
 * or not: so memory stays flat however slowly they are taken. Each time a limit is met the number is halved, once
 * for all that were under way together.
 */
export class ReadAhead<Position, Loaded> {
  readonly #options: ReadAheadOptions<Position, Loaded>;
  readonly #positions: Position[] = [];
  readonly #underWay: Promise<Loaded>[] = [];
  #taken = 0;
  #started = 0;
  #startedBeforeHalving = 0;
  #width: number;

  constructor(options: ReadAheadOptions<Position, Loaded>) {
    this.#options = options;
    this.#width = Math.max(1, options.concurrency);
  }

  add(positions: readonly Position[]): void {
    for (const position of positions) this.#positions.push(position);
  }

  /** The position of what is taken next; undefined when nothing is left that was added. */
  get upcoming(): Position | undefined {
    return this.#positions[this.#taken];
  }

  take(): Promise<Loaded> | undefined {
    this.fill();
    const next = this.#underWay.shift();
    if (next !== undefined) this.#taken += 1;
    return next;
  }

  /** Starts as many loads as may be under way. */
  fill(): void {
    while (this.#underWay.length < this.#width) {
      const position = this.#positions[this.#started];
      if (position === undefined) return;
      this.#underWay.push(this.#start(position));
    }
  }

  #start(position: Position): Promise<Loaded> {
    const { load, call, signal } = this.#options;
    const number = (this.#started += 1);
    const onEvent = (event: CallEvent): void => {
      if (isLimit(event) && number > this.#startedBeforeHalving) {
        this.#width = Math.max(1, Math.floor(this.#width / 2));
        this.#startedBeforeHalving = this.#started;
      }
      call.onEvent?.(event);
    };
    const loaded = (async () => load(position, { ...call, signal, onEvent }))();
    // Whoever takes it hears of its failure; nobody has to when the walk is left before.
    loaded.catch(() => undefined);
    return loaded;
  }
}

function isLimit(event: CallEvent): boolean {
  return event.kind === 'waiting' || (event.kind === 'retry' && event.reason === 'rate_limited');
}
