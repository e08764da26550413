import type { ListedGitProvider } from '@anyforge/client';
import type { RepositorySearch } from './repository-search.js';
import { activeFilters } from './repository-search.js';

/** Why a list is empty: the first of these that is so. */
type EmptyReason = 'no-providers' | 'not-signed-in' | 'filtered' | 'syncing' | 'nothing';

interface Circumstances {
  readonly search: RepositorySearch;
  readonly providers: readonly Pick<ListedGitProvider, 'connection'>[];
  readonly syncing: boolean;
}

export function emptyReason({ search, providers, syncing }: Circumstances): EmptyReason {
  if (providers.length === 0) return 'no-providers';
  if (providers.every(({ connection }) => connection === null)) return 'not-signed-in';
  // While nothing has ever been listed, no filter is why there is nothing.
  const listed = providers.some(({ connection }) => connection?.visible !== undefined);
  if (activeFilters(search).length > 0 && (listed || !syncing)) return 'filtered';
  return syncing ? 'syncing' : 'nothing';
}
