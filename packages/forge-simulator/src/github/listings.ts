import type { GithubState, ReachedRepository, Viewer } from './viewer.js';

/** What orders a listing; of equal keys, ids go the same way. */
export interface ListingOrder {
  readonly keyOf: (entry: ReachedRepository) => string | number;
  readonly direction: 'asc' | 'desc';
}

export interface Listing {
  /** Names entries, filter and order, so that the pages of one listing share the work. */
  readonly key: string;
  readonly entries: () => Iterable<ReachedRepository>;
  readonly filter: (entry: ReachedRepository) => boolean;
  readonly order: ListingOrder;
}

/** Sorted listings, kept until anything changes that they depend on. */
export class Listings {
  readonly #byViewer = new Map<string, Map<string, readonly ReachedRepository[]>>();
  #stamp = '';

  /** A listing's entries as this viewer sees them, filtered and sorted. */
  of(viewer: Viewer, { key, entries, filter, order }: Listing): readonly ReachedRepository[] {
    return this.#keep(viewer, key, () => sorted([...entries()].filter(filter), order));
  }

  /** What the viewer's person reaches, in no order. */
  reach(viewer: Viewer): readonly ReachedRepository[] {
    return this.#keep(viewer, 'reach', () => viewer.reach());
  }

  #keep(viewer: Viewer, key: string, make: () => readonly ReachedRepository[]): readonly ReachedRepository[] {
    const kept = this.#of(viewer);
    const existing = kept.get(key);
    if (existing !== undefined) return existing;
    const made = make();
    kept.set(key, made);
    return made;
  }

  #of(viewer: Viewer): Map<string, readonly ReachedRepository[]> {
    const stamp = stampOf(viewer.state);
    if (stamp !== this.#stamp) this.#byViewer.clear();
    this.#stamp = stamp;
    const key = `${viewer.token?.value ?? ''}|${viewer.address}`;
    const existing = this.#byViewer.get(key);
    if (existing !== undefined) return existing;
    const created = new Map<string, readonly ReachedRepository[]>();
    this.#byViewer.set(key, created);
    return created;
  }
}

function stampOf({ world, tokens, installations, policies }: GithubState): string {
  return [world, tokens, installations, policies].map(({ revision }) => revision).join('/');
}

/** Keys are made once for each entry: a path is put together from its parts every time it is asked for. */
function sorted(
  entries: readonly ReachedRepository[],
  { keyOf, direction }: ListingOrder,
): readonly ReachedRepository[] {
  const sign = direction === 'asc' ? 1 : -1;
  return entries
    .map((entry) => ({ entry, key: keyOf(entry) }))
    .sort((left, right) => {
      if (left.key === right.key) return sign * (left.entry.repository.id - right.entry.repository.id);
      return left.key < right.key ? -sign : sign;
    })
    .map(({ entry }) => entry);
}
