import type { Repository } from '@anyforge/core';
import type { SelectQueryBuilder } from 'kysely';
import { toJson } from '../store/json.js';
import type { GenerationRow } from '../store/rows/generations.js';
import type { Schema } from '../store/schema.js';
import type { Queries, Store } from '../store/store.js';
import type { SyncAttempt } from './sync-attempt.js';
import { SupersededError } from './sync-attempt.js';

/** A repository of the last complete list, as it stands there. */
export interface MissingRepository {
  readonly forgeId: string;
  readonly path: string;
  readonly visibility: Repository['visibility'];
  /** The listing version with which it was found last. */
  readonly listedUnder: number;
}

export interface MissingRepositories {
  readonly total: number;
  /** As many of them as were asked for, by id. */
  readonly items: readonly MissingRepository[];
}

type NewGeneration = Pick<
  GenerationRow,
  'id' | 'connection_id' | 'git_provider_id' | 'listing_version' | 'created_at'
>;

/**
 * Part of the transaction in which a task begins to write it: before that, a sweep would take it. It is compared with
 * the connection's last complete list, and needs no permissions of its own as long as it is equal to that, unless people
 * are to see each of its pages at once.
 */
export async function addGeneration(
  transaction: Queries,
  generation: NewGeneration,
  { revokesFirst }: { readonly revokesFirst: boolean },
): Promise<void> {
  const connection = await transaction
    .selectFrom('connections')
    .select(['visible_generation', 'complete_generation'])
    .where('id', '=', generation.connection_id)
    .executeTakeFirst();
  const base = connection?.complete_generation ?? null;
  const isShown = base !== null && connection?.visible_generation === base;
  await transaction
    .insertInto('generations')
    .values({
      ...generation,
      base,
      stage: isShown && !revokesFirst ? 'equal' : 'own',
      pages: 0,
      copied_pages: 0,
    })
    .execute();
}

export type GenerationState = Pick<GenerationRow, 'base' | 'stage'>;

/** @throws SupersededError when it is gone, because its task is no more. */
export async function findGeneration(database: Queries, id: string): Promise<GenerationState> {
  const row = await database
    .selectFrom('generations')
    .select(['base', 'stage'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new SupersededError();
  return row;
}

/**
 * Keeps what pages listed, where there is a base to compare it with, and locks the generation.
 *
 * @param pages the forge's ids, page by page
 */
export async function keepPages(
  transaction: Queries,
  generation: string,
  pass: number,
  pages: readonly (readonly string[])[],
): Promise<GenerationState> {
  const state = await transaction
    .updateTable('generations')
    .set((expression) => ({ pages: expression('pages', '+', pages.length) }))
    .where('id', '=', generation)
    .returning(['base', 'stage', 'pages'])
    .executeTakeFirstOrThrow();
  if (state.base !== null && pages.length > 0) {
    const first = state.pages - pages.length;
    await transaction
      .insertInto('generation_pages')
      .values(
        pages.map((forgeIds, index) => ({
          generation,
          position: first + index,
          pass,
          forge_ids: toJson(forgeIds),
        })),
      )
      .execute();
  }
  return state;
}

/** What the base has and no page of the generation lists. */
export function missingFromGeneration(
  store: Store,
  { gitProviderId, generation }: Pick<SyncAttempt, 'gitProviderId' | 'generation'>,
  limit: number,
): Promise<MissingRepositories> {
  const { database } = store;
  const ids = database
    .selectFrom('generations')
    .innerJoin('permissions', 'permissions.generation', 'generations.base')
    .where('generations.id', '=', generation)
    .select('permissions.forge_id')
    .except(listedIds(store, generation));
  return lookUp(database, gitProviderId, ids, limit);
}

/** How much the pass before an attempt's lists and its own does not. */
export async function countNotListedAgain(
  store: Store,
  { generation, pass }: Pick<SyncAttempt, 'generation' | 'pass'>,
): Promise<number> {
  const lost = listedIds(store, generation, pass - 1).except(listedIds(store, generation, pass));
  return countIds(store, lost);
}

async function countIds({ database }: Store, ids: Ids): Promise<number> {
  const { count } = await database
    .selectFrom(ids.as('counted'))
    .select((expression) => expression.fn.countAll<number | string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

type Ids = SelectQueryBuilder<Schema, never, { readonly forge_id: string }>;

function listedIds(store: Store, generation: string, pass?: number): Ids {
  return store.database
    .selectFrom('generation_pages')
    .innerJoin(
      (expression) => store.jsonTexts(expression.ref('generation_pages.forge_ids')).as('entry'),
      (join) => join.onTrue(),
    )
    .where('generation_pages.generation', '=', generation)
    .$if(pass !== undefined, (query) => query.where('generation_pages.pass', '=', pass ?? 0))
    .select('entry.value as forge_id');
}

async function lookUp(
  database: Queries,
  gitProviderId: string,
  ids: Ids,
  limit: number,
): Promise<MissingRepositories> {
  const stored = database
    .selectFrom(ids.as('missing'))
    .innerJoin('repositories', (join) =>
      join
        .on('repositories.git_provider_id', '=', gitProviderId)
        .onRef('repositories.forge_id', '=', 'missing.forge_id'),
    );
  const { total } = await stored
    .select((expression) => expression.fn.countAll<number | string>().as('total'))
    .executeTakeFirstOrThrow();
  const items = await stored
    .select([
      'repositories.forge_id as forgeId',
      'repositories.path',
      'repositories.visibility',
      'repositories.listed_under as listedUnder',
    ])
    .orderBy('repositories.forge_id')
    .limit(limit)
    .execute();
  return { total: Number(total), items };
}

/** How many repositories a generation has found, and how many its base has. */
export async function compareWithBase(
  store: Store,
  generation: string,
): Promise<{ readonly former: number; readonly found: number }> {
  const { database } = store;
  const { base } = await findGeneration(database, generation);
  if (base === null) return { former: 0, found: await countPermissions(database, generation) };
  return {
    former: await countPermissions(database, base),
    found: await countIds(store, listedIds(store, generation).distinct()),
  };
}

export async function countPermissions(database: Queries, generation: string): Promise<number> {
  const { count } = await database
    .selectFrom('permissions')
    .select((expression) => expression.fn.countAll<number | string>().as('count'))
    .where('generation', '=', generation)
    .executeTakeFirstOrThrow();
  return Number(count);
}
