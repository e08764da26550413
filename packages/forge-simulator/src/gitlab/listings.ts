import { Kept } from '../world/kept.js';
import type { Repository } from '../world/model.js';
import type { ReadableWorld } from '../world/readable-world.js';

/** What orders a listing; of equal keys, ids go the same way. */
export interface ListingOrder {
  /** Names the order. */
  readonly key: string;
  readonly keyOf: (repository: Repository) => string | number;
  readonly direction: 'asc' | 'desc';
}

export interface Listing {
  /** Names whose listing it is, what is in it and in which order, so that its pages share the work. */
  readonly key: string;
  readonly entries: () => Iterable<Repository>;
  readonly order: ListingOrder;
}

/** Sorted listings, kept while the world stands. */
export class Listings {
  readonly #kept: Kept<string, readonly Repository[]>;

  constructor(readonly world: ReadableWorld) {
    this.#kept = new Kept(world);
  }

  of({ key, entries, order }: Listing): readonly Repository[] {
    return this.#kept.get(`${key} ${order.key}`, () => sorted(entries(), order));
  }
}

/** Keys are made once for each entry: a path is put together from its parts every time it is asked for. */
function sorted(entries: Iterable<Repository>, { keyOf, direction }: ListingOrder): readonly Repository[] {
  const sign = direction === 'asc' ? 1 : -1;
  return [...entries]
    .map((repository) => ({ repository, key: keyOf(repository) }))
    .sort((left, right) => {
      if (left.key === right.key) return sign * (left.repository.id - right.repository.id);
      return left.key < right.key ? -sign : sign;
    })
    .map(({ repository }) => repository);
}

/** The first position in a listing ordered by id at which `isBeyond` holds; it holds for all that follow. */
export function positionOf(listing: readonly Repository[], isBeyond: (id: number) => boolean): number {
  let low = 0;
  let high = listing.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const repository = listing[middle];
    if (repository === undefined || isBeyond(repository.id)) high = middle;
    else low = middle + 1;
  }
  return low;
}
