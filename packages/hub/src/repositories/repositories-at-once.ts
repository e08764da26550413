import type { Queries } from '../store/store.js';

/** Nobody else writes to an embedded database meanwhile: about a fifth of a second. */
const permissionsAtOnce = 5000;

/**
 * Of how many repositories one transaction may change everybody's permissions: there may be one in each generation. One
 * at least, however many people there are.
 */
export async function repositoriesAtOnce(database: Queries, gitProviderId: string): Promise<number> {
  const { count } = await database
    .selectFrom('generations')
    .select((expression) => expression.fn.countAll<number | string>().as('count'))
    .where('git_provider_id', '=', gitProviderId)
    .executeTakeFirstOrThrow();
  return Math.max(1, Math.floor(permissionsAtOnce / Math.max(1, Number(count))));
}
