import type { Repository } from '../../world/model.js';

export type RepositorySort = 'created' | 'updated' | 'pushed' | 'full_name';

const comparisons: Readonly<Record<RepositorySort, (left: Repository, right: Repository) => number>> = {
  created: (left, right) => left.createdAt.getTime() - right.createdAt.getTime() || left.id - right.id,
  updated: (left, right) => left.updatedAt.getTime() - right.updatedAt.getTime() || left.id - right.id,
  pushed: (left, right) => left.pushedAt.getTime() - right.pushedAt.getTime() || left.id - right.id,
  full_name: (left, right) => compareText(left.path.toLowerCase(), right.path.toLowerCase()),
};

export interface RepositoryOrder {
  readonly sort: RepositorySort;
  readonly direction: 'asc' | 'desc';
}

/** Reads `sort` and `direction`; names ascend and dates descend unless told otherwise. */
export function repositoryOrder(query: URLSearchParams, defaultSort: RepositorySort): RepositoryOrder {
  const asked = query.get('sort') ?? '';
  const sort = isSort(asked) ? asked : defaultSort;
  const direction = query.get('direction');
  if (direction === 'asc' || direction === 'desc') return { sort, direction };
  return { sort, direction: sort === 'full_name' ? 'asc' : 'desc' };
}

export function comparisonOf({
  sort,
  direction,
}: RepositoryOrder): (left: Repository, right: Repository) => number {
  const compare = comparisons[sort];
  return direction === 'asc' ? compare : (left, right) => compare(right, left);
}

function isSort(text: string): text is RepositorySort {
  return Object.hasOwn(comparisons, text);
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
