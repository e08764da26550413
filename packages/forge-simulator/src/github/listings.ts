import type { GithubState, ReachedRepository, Viewer } from './viewer.js';

/** What makes a listing: which entries, in which order. */
export interface ListingOrder {
  /** Names the filter and order, so that the pages of one listing share the work. */
  readonly key: string;
  readonly filter: (entry: ReachedRepository) => boolean;
  readonly compare: (left: ReachedRepository, right: ReachedRepository) => number;
}

interface ViewerListings {
  readonly reach: readonly ReachedRepository[];
  readonly ordered: Map<string, readonly ReachedRepository[]>;
}

/** Sorted listings, kept until anything changes that they depend on. */
export class Listings {
  readonly #byToken = new Map<string, ViewerListings>();
  #stamp = '';

  /** What the viewer's person reaches, filtered and sorted. */
  reached(viewer: Viewer, order: ListingOrder): readonly ReachedRepository[] {
    const kept = this.#of(viewer);
    const existing = kept.ordered.get(order.key);
    if (existing !== undefined) return existing;
    const ordered = kept.reach.filter(order.filter).sort(order.compare);
    kept.ordered.set(order.key, ordered);
    return ordered;
  }

  #of(viewer: Viewer): ViewerListings {
    const stamp = stampOf(viewer.state);
    if (stamp !== this.#stamp) this.#byToken.clear();
    this.#stamp = stamp;
    const key = viewer.token?.value ?? '';
    const existing = this.#byToken.get(key);
    if (existing !== undefined) return existing;
    const created: ViewerListings = { reach: viewer.reach(), ordered: new Map() };
    this.#byToken.set(key, created);
    return created;
  }
}

function stampOf({ world, tokens, installations, policies }: GithubState): string {
  return [world, tokens, installations, policies].map(({ revision }) => revision).join('/');
}
