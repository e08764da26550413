import { Kept } from '../world/kept.js';
import type { Repository } from '../world/model.js';
import type { ReadableWorld } from '../world/readable-world.js';

/** What a listing is ordered by. Of equals, the older comes first, whichever the direction. */
export type RepositoryOrder = (one: Repository, other: Repository) => number;

const byText = (one: string, other: string): number => {
  if (one === other) return 0;
  return one < other ? -1 : 1;
};

const orders = {
  alpha: (one, other) => byText(one.owner.path, other.owner.path) || byText(one.name, other.name),
  created: (one, other) => one.createdAt.getTime() - other.createdAt.getTime(),
  updated: (one, other) => one.updatedAt.getTime() - other.updatedAt.getTime(),
  id: (one, other) => one.id - other.id,
  size: () => 0,
  git_size: () => 0,
  lfs_size: () => 0,
  stars: () => 0,
  forks: () => 0,
} as const satisfies Readonly<Record<string, RepositoryOrder>>;

export const byName: RepositoryOrder = (one, other) => byText(one.name, other.name);
export const byId: RepositoryOrder = orders.id;

/** @returns nothing for what nothing can be ordered by */
export function repositoryOrder(sort: string, direction: 'asc' | 'desc'): RepositoryOrder | undefined {
  const order = isSort(sort) ? orders[sort] : undefined;
  if (order === undefined || direction === 'asc') return order;
  return (one, other) => order(other, one);
}

function isSort(sort: string): sort is keyof typeof orders {
  return Object.hasOwn(orders, sort);
}

export interface Listing {
  /** Names whose listing it is, what is in it and in which order, so that its pages share the work. */
  readonly key: string;
  readonly entries: () => Iterable<Repository>;
  readonly order: RepositoryOrder;
}

/** Sorted listings, kept while the world stands. */
export class Listings {
  readonly #kept: Kept<string, readonly Repository[]>;

  constructor(readonly world: ReadableWorld) {
    this.#kept = new Kept(world);
  }

  of({ key, entries, order }: Listing): readonly Repository[] {
    return this.#kept.get(key, () => [...entries()].sort(order));
  }
}
