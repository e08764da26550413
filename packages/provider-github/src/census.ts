import type { CountedPage, Entry } from './counted-page.js';

/** What is known of a pass after some of its pages, to go on with in another process. */
export interface CensusState {
  /** How many different repositories were seen. */
  readonly seen: number;
  /** How many there were when the last page was first read; null: not known yet. */
  readonly count: number | null;
  /** The number of the last page, as the first one told it. */
  readonly last: number | null;
  /** The id at the end of the first page. */
  readonly edge: string | null;
  /** When the first page was answered, in epoch milliseconds. */
  readonly since: number | null;
  readonly moved: boolean;
}

/** Asked for when all pages have been read. */
export interface Recount {
  readonly count: number | undefined;
  /** The id that stands where the first page ends. */
  readonly edge: string | undefined;
}

const begun: CensusState = { seen: 0, count: null, last: null, edge: null, since: null, moved: false };

/**
 * Tells whether a listing stood still while it was read once. Whatever goes leaves fewer than there were, whatever comes
 * makes them more in the end, whatever moves is seen twice or not at all: no single change goes unnoticed.
 */
export class Census {
  readonly #pageSize: number;
  readonly #state: CensusState;
  readonly #ids = new Set<string>();
  #count: number | null;
  #last: number | null;
  #edge: string | null;
  #since: number | null;
  #moved: boolean;
  /** Each page tells how many there are. */
  #tellsTotal = false;

  /** @param state of a pass that is gone on with */
  constructor(pageSize: number, state: CensusState = begun) {
    this.#pageSize = pageSize;
    this.#state = state;
    ({ count: this.#count, last: this.#last, edge: this.#edge, since: this.#since } = state);
    this.#moved = state.moved;
  }

  /** Of this process. */
  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  /** Whether it is known how many there were. */
  get isCounted(): boolean {
    return this.#count !== null;
  }

  get state(): CensusState {
    return {
      seen: this.#state.seen + this.#ids.size,
      count: this.#count,
      last: this.#last,
      edge: this.#edge,
      since: this.#since,
      moved: this.#moved,
    };
  }

  /** The first page of the listing. */
  begin({ entries, total, next, lastPage, answeredAt }: CountedPage<unknown>): void {
    this.#count = total ?? (next === undefined ? entries.length : null);
    this.#last = lastPage ?? null;
    this.#edge = entries.at(-1)?.id ?? null;
    this.#since = answeredAt ?? null;
  }

  /** The last page, before its turn or at it. */
  count({ entries, next }: CountedPage<unknown>): void {
    if (this.#last === null || this.#count !== null) return;
    this.#moved ||= next !== undefined;
    this.#count = (this.#last - 1) * this.#pageSize + entries.length;
  }

  /** Any page, in its turn. @returns what was not on one before */
  add<Item>({ entries, total, lastPage }: CountedPage<Item>): readonly Entry<Item>[] {
    this.#tellsTotal ||= total !== undefined;
    this.#moved ||= total !== undefined && total !== this.#count;
    this.#moved ||= lastPage !== undefined && lastPage !== this.#last;
    const fresh = entries.filter(({ id }) => {
      const isFresh = !this.#ids.has(id);
      this.#ids.add(id);
      return isFresh;
    });
    // What came may make up in number for what went.
    this.#moved ||= fresh.length < entries.length || fresh.some((entry) => isNewer(entry, this.#since));
    return fresh;
  }

  /**
   * Whether counting once more would tell nothing. With a last page that is full, whatever comes makes another page, of
   * which every page tells that is read from then on.
   */
  get isDecided(): boolean {
    const isFull = this.#last === null || this.#count === this.#last * this.#pageSize;
    return !this.isQuiet || this.#count === null || this.#tellsTotal || isFull;
  }

  recount({ count, edge }: Recount): void {
    this.#moved ||= count !== this.#count || edge !== this.#edge;
  }

  /** Whether it stood still, as far as is known. */
  get isQuiet(): boolean {
    return !this.#moved && (this.#count === null || this.#count === this.state.seen);
  }
}

/** Whether it was created after a listing has begun. */
export function isNewer({ createdAt }: Entry<unknown>, since: number | null): boolean {
  return createdAt !== undefined && since !== null && createdAt > since;
}
