import type { RepositoryRow } from '../store/schema.js';
import type { Queries } from '../store/store.js';

/** Small enough that matching a batch against many patterns keeps nobody waiting. */
const batchSize = 500;

export type StoredRepository = Pick<RepositoryRow, 'forge_id' | 'path' | 'path_key' | 'listed_under'>;

/** Everything that is stored of a git provider, in batches that leave others their turn. */
export async function* storedRepositories(
  database: Queries,
  gitProviderId: string,
): AsyncGenerator<readonly StoredRepository[]> {
  let after: string | undefined;
  for (;;) {
    const rows: readonly StoredRepository[] = await database
      .selectFrom('repositories')
      .select(['forge_id', 'path', 'path_key', 'listed_under'])
      .where('git_provider_id', '=', gitProviderId)
      .$if(after !== undefined, (query) => query.where('forge_id', '>', after ?? ''))
      .orderBy('forge_id')
      .limit(batchSize)
      .execute();
    if (rows.length > 0) yield rows;
    if (rows.length < batchSize) return;
    after = rows.at(-1)?.forge_id;
  }
}

/** What one person sees of a git provider, by path, in batches. */
export async function* visibleRepositories(
  database: Queries,
  personId: string,
  gitProviderId: string,
): AsyncGenerator<readonly StoredRepository[]> {
  let after: Pick<StoredRepository, 'path_key' | 'forge_id'> | undefined;
  for (;;) {
    const rows: readonly StoredRepository[] = await database
      .selectFrom('connections')
      .innerJoin('permissions', 'permissions.generation', 'connections.visible_generation')
      .innerJoin('repositories', (join) =>
        join
          .onRef('repositories.git_provider_id', '=', 'permissions.git_provider_id')
          .onRef('repositories.forge_id', '=', 'permissions.forge_id'),
      )
      .select([
        'repositories.forge_id',
        'repositories.path',
        'permissions.path_key',
        'repositories.listed_under',
      ])
      .where('connections.person_id', '=', personId)
      .where('connections.git_provider_id', '=', gitProviderId)
      .$if(after !== undefined, (query) =>
        query.where((expression) =>
          expression(
            expression.refTuple('permissions.path_key', 'permissions.forge_id'),
            '>',
            expression.tuple(after?.path_key ?? '', after?.forge_id ?? ''),
          ),
        ),
      )
      .orderBy('permissions.path_key')
      .orderBy('permissions.forge_id')
      .limit(batchSize)
      .execute();
    if (rows.length > 0) yield rows;
    if (rows.length < batchSize) return;
    after = rows.at(-1);
  }
}
