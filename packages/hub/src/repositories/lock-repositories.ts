import type { Queries, Store } from '../store/store.js';

/**
 * Whoever writes what a git provider lists holds this, after the rows that it locks: `shared` beside others who add and
 * change rows, `alone` to move a repository to another path in everybody's lists, or to take it out of them. Alone,
 * nobody has read a path, or found a repository to be stored, and not committed yet what follows from it.
 */
export function lockRepositories(
  store: Store,
  transaction: Queries,
  gitProviderId: string,
  mode: 'shared' | 'alone',
): Promise<void> {
  return store.lock(transaction, `repositories of ${gitProviderId}`, { shared: mode === 'shared' });
}
