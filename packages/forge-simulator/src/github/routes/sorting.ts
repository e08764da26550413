import type { Repository } from '../../world/model.js';
import type { ListingOrder } from '../listings.js';

export type RepositorySort = 'created' | 'updated' | 'pushed' | 'full_name';

const keys: Readonly<Record<RepositorySort, (repository: Repository) => string | number>> = {
  created: ({ createdAt }) => createdAt.getTime(),
  updated: ({ updatedAt }) => updatedAt.getTime(),
  pushed: ({ pushedAt }) => pushedAt.getTime(),
  full_name: ({ path }) => path.toLowerCase(),
};

/** By id, for listings that cannot be asked for another order. */
export const byId: ListingOrder = { keyOf: ({ repository }) => repository.id, direction: 'asc' };

/** Reads `sort` and `direction`; names ascend and dates descend unless told otherwise. */
export function repositoryOrder(
  query: URLSearchParams,
  defaultSort: RepositorySort,
): ListingOrder & { readonly key: string } {
  const asked = query.get('sort') ?? '';
  const sort = isSort(asked) ? asked : defaultSort;
  const direction = query.get('direction') ?? '';
  const usual = sort === 'full_name' ? 'asc' : 'desc';
  const taken = direction === 'asc' || direction === 'desc' ? direction : usual;
  return { key: `${sort} ${taken}`, keyOf: ({ repository }) => keys[sort](repository), direction: taken };
}

function isSort(text: string): text is RepositorySort {
  return Object.hasOwn(keys, text);
}
