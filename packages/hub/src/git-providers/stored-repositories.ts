import { setImmediate } from 'node:timers/promises';
import { isShown } from '../repositories/is-shown.js';
import type { RepositoryRow } from '../store/schema.js';
import type { Queries } from '../store/store.js';

const batchSize = 500;
/** How long others wait for their turn, in ms: matching a batch against many patterns takes much longer. */
const turnMs = 10;

export type StoredRepository = Pick<RepositoryRow, 'forge_id' | 'path' | 'path_key' | 'listed_under'>;

export interface ReadOptions {
  /** Whoever waits for it, and may leave. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Everything that is stored of a git provider. Others have their turn in between, however long what is done with each
 * takes.
 *
 * @throws the signal's reason once it aborts.
 */
export async function* storedRepositories(
  database: Queries,
  gitProviderId: string,
  options: ReadOptions = {},
): AsyncGenerator<StoredRepository> {
  yield* inTurns(storedBatches(database, gitProviderId), options);
}

/** What one person sees of a git provider, by path, in the same way. */
export async function* visibleRepositories(
  database: Queries,
  personId: string,
  gitProviderId: string,
  options: ReadOptions = {},
): AsyncGenerator<StoredRepository> {
  const connection = await database
    .selectFrom('connections')
    .select('visible_generation')
    .where('person_id', '=', personId)
    .where('git_provider_id', '=', gitProviderId)
    .where(isShown)
    .executeTakeFirst();
  const generation = connection?.visible_generation;
  if (typeof generation === 'string') yield* inTurns(visibleBatches(database, generation), options);
}

async function* inTurns<T>(batches: AsyncIterable<readonly T[]>, { signal }: ReadOptions): AsyncGenerator<T> {
  let began = performance.now();
  for await (const batch of batches) {
    signal?.throwIfAborted();
    for (const item of batch) {
      yield item;
      if (performance.now() - began < turnMs) continue;
      await setImmediate();
      signal?.throwIfAborted();
      began = performance.now();
    }
  }
}

async function* storedBatches(
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
    yield rows;
    if (rows.length < batchSize) return;
    after = rows.at(-1)?.forge_id;
  }
}

type Position = Pick<StoredRepository, 'path_key' | 'forge_id'> & { readonly git_provider_id: string };

/** In the order of the index, and of one generation that is named: with it joined, each batch would sort the whole list. */
async function* visibleBatches(
  database: Queries,
  generation: string,
): AsyncGenerator<readonly StoredRepository[]> {
  let after: Position | undefined;
  for (;;) {
    const rows: readonly (StoredRepository & Position)[] = await database
      .selectFrom('permissions')
      .innerJoin('repositories', (join) =>
        join
          .onRef('repositories.git_provider_id', '=', 'permissions.git_provider_id')
          .onRef('repositories.forge_id', '=', 'permissions.forge_id'),
      )
      .select([
        'permissions.git_provider_id',
        'permissions.forge_id',
        'permissions.path_key',
        'repositories.path',
        'repositories.listed_under',
      ])
      .where('permissions.generation', '=', generation)
      .$if(after !== undefined, (query) =>
        query.where((expression) =>
          expression(
            expression.refTuple(
              'permissions.path_key',
              'permissions.git_provider_id',
              'permissions.forge_id',
            ),
            '>',
            expression.tuple(after?.path_key ?? '', after?.git_provider_id ?? '', after?.forge_id ?? ''),
          ),
        ),
      )
      .orderBy('permissions.path_key')
      .orderBy('permissions.git_provider_id')
      .orderBy('permissions.forge_id')
      .limit(batchSize)
      .execute();
    yield rows;
    if (rows.length < batchSize) return;
    after = rows.at(-1);
  }
}
