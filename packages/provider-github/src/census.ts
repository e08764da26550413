import type { CountedPage, Entry } from './counted-page.js';

/** Asked for when all pages have been read. */
export interface Recount {
  readonly count: number | undefined;
  /** The id that stands where the first page ends. */
  readonly edge: string | undefined;
}

/**
 * Tells whether a listing stood still while it was read once, from its beginning to its end. Whatever goes leaves fewer
 * than there were, whatever comes makes them more in the end, whatever moves is seen twice or not at all: no single change
 * goes unnoticed.
 */
export class Census {
  readonly #pageSize: number;
  readonly #ids = new Set<string>();
  /** How many there were when the last page was first read; null: not known yet. */
  #count: number | null = null;
  /** The number of the last page, as the first one told it. */
  #last: number | null = null;
  /** The id at the end of the first page. */
  #edge: string | null = null;
  #since: number | null = null;
  #isWhole = false;
  #moved = false;
  /** Each page tells how many there are. */
  #tellsTotal = false;

  constructor(pageSize: number) {
    this.#pageSize = pageSize;
  }

  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  /** Whether it has seen the first page; what others have read before stays unknown to it. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** When the first page was answered, in epoch milliseconds. */
  get since(): number | null {
    return this.#since;
  }

  /** The first page of the listing. */
  begin({ entries, total, next, lastPage, answeredAt }: CountedPage<unknown>): void {
    this.#isWhole = true;
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

  /** Whether it stood still, as far as is known. Of what was not read from the beginning nobody can tell. */
  get isQuiet(): boolean {
    return this.#isWhole && !this.#moved && (this.#count === null || this.#count === this.#ids.size);
  }
}

/** Whether it was created after a listing has begun. */
export function isNewer({ createdAt }: Entry<unknown>, since: number | null): boolean {
  return createdAt !== undefined && since !== null && createdAt > since;
}
