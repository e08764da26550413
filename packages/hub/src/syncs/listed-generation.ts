import { hash } from 'node:crypto';
import type { Repository } from '@anyforge/core';
import type { SelectQueryBuilder } from 'kysely';
import { toJson } from '../store/json.js';
import type { GenerationRow } from '../store/rows/generations.js';
import type { Schema } from '../store/schema.js';
import type { Queries, Store } from '../store/store.js';
import { storableText } from '../store/text.js';
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

/** Keeps what pages listed, where there is a base to compare it with, and locks the generation. */
export async function keepPages(
  transaction: Queries,
  generation: string,
  pass: number,
  pages: readonly (readonly Repository[])[],
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
        pages.map((repositories, index) => ({
          generation,
          position: first + index,
          pass,
          forge_ids: toJson(repositories.map(({ id }) => storableText(id))),
          places: toJson(repositories.map(placeOf)),
        })),
      )
      .execute();
  }
  return state;
}

/** As good as one of a kind: 60 bits. */
function placeOf({ id, path, name }: Repository): string {
  return hash('sha256', JSON.stringify([id, path, name]), 'base64url').slice(0, 10);
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
    .select('permissions.forge_id as entry')
    .except(pageEntries(store, generation, 'forge_ids'));
  return lookUp(database, gitProviderId, ids, limit);
}

/** Whether an attempt's pass has told of the same repositories, at the same paths, as the one before it. */
export async function agreesWithPassBefore(
  store: Store,
  { generation, pass }: Pick<SyncAttempt, 'generation' | 'pass'>,
): Promise<boolean> {
  const places = (of: number) => pageEntries(store, generation, 'places', of);
  return (
    (await countEntries(store, places(pass - 1).except(places(pass)))) === 0 &&
    (await countEntries(store, places(pass).except(places(pass - 1)))) === 0
  );
}

async function countEntries({ database }: Store, entries: Entries): Promise<number> {
  const { count } = await database
    .selectFrom(entries.as('counted'))
    .select((expression) => expression.fn.countAll<number | string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

type Entries = SelectQueryBuilder<Schema, never, { readonly entry: string }>;

/** What the pages of a generation hold, of all passes or of one. */
function pageEntries(
  store: Store,
  generation: string,
  column: 'forge_ids' | 'places',
  pass?: number,
): Entries {
  return store.database
    .selectFrom('generation_pages')
    .innerJoin(
      (expression) => store.jsonTexts(expression.ref(`generation_pages.${column}`)).as('listed'),
      (join) => join.onTrue(),
    )
    .where('generation_pages.generation', '=', generation)
    .$if(pass !== undefined, (query) => query.where('generation_pages.pass', '=', pass ?? 0))
    .select('listed.value as entry');
}

async function lookUp(
  database: Queries,
  gitProviderId: string,
  ids: Entries,
  limit: number,
): Promise<MissingRepositories> {
  const stored = database
    .selectFrom(ids.as('missing'))
    .innerJoin('repositories', (join) =>
      join
        .on('repositories.git_provider_id', '=', gitProviderId)
        .onRef('repositories.forge_id', '=', 'missing.entry'),
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
    found: await countEntries(store, pageEntries(store, generation, 'forge_ids').distinct()),
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
