import type { Queries } from '../store/store.js';

/** Of which git providers somebody's list is from before a change that may have let more through. */
export async function syncNeededBy(database: Queries): Promise<ReadonlySet<string>> {
  const rows = await database
    .selectFrom('connections')
    .innerJoin('generations', 'generations.id', 'connections.complete_generation')
    .innerJoin('git_providers', 'git_providers.id', 'connections.git_provider_id')
    .select('git_providers.id')
    .distinct()
    .whereRef('generations.listing_version', '<', 'git_providers.revealed_version')
    .execute();
  return new Set(rows.map(({ id }) => id));
}
