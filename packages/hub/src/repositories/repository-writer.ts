import type { Repository } from '@anyforge/core';
import type { RawBuilder, SqlBool } from 'kysely';
import { sql } from 'kysely';
import type { JsonColumns } from '../store/json-rows.js';
import type { RepositoryRow } from '../store/schema.js';
import type { Queries, Store } from '../store/store.js';
import { lockRepositories } from './lock-repositories.js';
import { toRepositoryRow } from './repository-rows.js';

const repositoryTypes = {
  text: [
    'git_provider_id',
    'forge_id',
    'path',
    'path_key',
    'name',
    'name_key',
    'namespace',
    'description',
    'web_url',
    'https_clone_url',
    'ssh_clone_url',
    'default_branch',
    'visibility',
    'digest',
  ],
  integer: ['archived', 'fork', 'updated_at', 'observed_at', 'listed_under'],
} as const satisfies JsonColumns<keyof RepositoryRow, keyof RepositoryRow>;

const repositoryColumns = [...repositoryTypes.text, ...repositoryTypes.integer] as const;

/** How much older than an observation the stored one may be before it is written again though it says the same. */
const confirmedForMs = 6 * 3_600_000;

/** A repository as one page of a listing, asked for at a time, tells of it. */
export interface Observation {
  readonly repository: Repository;
  readonly observedAt: Date;
}

export interface ObservedRepositories {
  readonly gitProviderId: string;
  /** The version of the git provider's settings that they were listed with. */
  readonly settingsVersion: number;
  /** An observation later than this was made while the clock was wrong, and counts for nothing. */
  readonly now: Date;
  readonly observations: readonly Observation[];
}

/** What is to be written has other paths than what is stored: these repositories have to be moved first. */
export class MovedRepositoryError extends Error {
  override readonly name = 'MovedRepositoryError';
  /** As they are stored. */
  readonly forgeIds: ReadonlySet<string>;

  constructor(moved: readonly News[]) {
    super('Repositories have moved.');
    this.forgeIds = new Set(moved.map(({ row }) => row.forge_id));
  }
}

/** What was taken for new is stored in part: it has to be looked up what. */
export class StoredRepositoryError extends Error {
  override readonly name = 'StoredRepositoryError';
}

/**
 * Writes what observations tell of repositories and is not stored yet, in a few statements however many there are. Rows
 * that say the same already are not touched. Until the transaction ends, nobody moves what is stored.
 *
 * @param likelyNew None of them is stored, as far as can be told: then it is not looked up first.
 * @returns whether none of them was
 * @throws MovedRepositoryError
 * @throws StoredRepositoryError when one was that is likely new; the transaction is to be rolled back
 */
export async function writeRepositories(
  store: Store,
  transaction: Queries,
  observed: ObservedRepositories,
  likelyNew = false,
): Promise<boolean> {
  const rows = distinctRows(observed);
  if (rows.length === 0) return likelyNew;
  await lockRepositories(store, transaction, observed.gitProviderId, 'shared');
  if (likelyNew) {
    // Not gone on with: rows are written in one order, and now some later ones are.
    if ((await insertNew(store, transaction, rows)) < rows.length) throw new StoredRepositoryError();
    return true;
  }
  const news = await findNews(store, transaction, rows, observed);
  if (news.length === 0) return false;
  const moved = news.filter(hasMoved);
  if (moved.length > 0) throw new MovedRepositoryError(moved);
  const written = await upsert(store, transaction, news, observed, 'shared');
  if (written === news.length) return written === rows.length && news.every(isNew);
  // Somebody beside has stored some of them first, which the statement has left as they are now.
  const left = await findNews(store, transaction, rows, observed);
  if (left.length > 0) throw new MovedRepositoryError(left);
  return false;
}

/**
 * Writes what observations tell, and moves what they tell to be renamed, in everybody's lists. It changes a row for each
 * person who has one of them: see `repositoriesAtOnce`.
 */
export async function moveRepositories(
  store: Store,
  transaction: Queries,
  observed: ObservedRepositories,
): Promise<void> {
  const { gitProviderId } = observed;
  await lockRepositories(store, transaction, gitProviderId, 'alone');
  const news = await findNews(store, transaction, distinctRows(observed), observed);
  if (news.length === 0) return;
  await upsert(store, transaction, news, observed, 'alone');
  const moved = news.filter(hasMoved).map(({ row }) => row.forge_id);
  if (moved.length > 0) await movePermissions(transaction, gitProviderId, moved);
}

/** Once each, by the id as it is stored, because one statement may touch a row once only; in one order for everybody. */
function distinctRows({ observations, ...observed }: ObservedRepositories): readonly RepositoryRow[] {
  const rows = observations.map(({ repository, observedAt }) =>
    toRepositoryRow(repository, { ...observed, observedAt }),
  );
  const byId = new Map(rows.map((row) => [row.forge_id, row]));
  return [...byId.values()].sort((left, right) => (left.forge_id < right.forge_id ? -1 : 1));
}

interface News {
  readonly row: RepositoryRow;
  /** The path's as it is stored; null: the repository is not. */
  readonly formerKey: string | null;
}

function isNew({ formerKey }: News): boolean {
  return formerKey === null;
}

function hasMoved({ row, formerKey }: News): boolean {
  return formerKey !== null && formerKey !== row.path_key;
}

/** Those whose observation is to be written. */
async function findNews(
  store: Store,
  transaction: Queries,
  rows: readonly RepositoryRow[],
  { gitProviderId, now }: ObservedRepositories,
): Promise<readonly News[]> {
  const seen = rows.map(({ forge_id, digest, observed_at }) => ({ forge_id, digest, observed_at }));
  const found = await transaction
    .selectFrom(store.jsonRows(seen, { text: ['forge_id', 'digest'], integer: ['observed_at'] }).as('seen'))
    // Looked up row by row, never joined, as `not exists` may be: by reading all the JSON for each stored repository.
    .select((expression) => [
      'seen.forge_id',
      expression
        .selectFrom('repositories')
        .select('repositories.path_key')
        .where('repositories.git_provider_id', '=', gitProviderId)
        .whereRef('repositories.forge_id', '=', 'seen.forge_id')
        .as('formerKey'),
    ])
    .where(
      (expression) =>
        expression
          .selectFrom('repositories')
          .select('repositories.forge_id')
          .where('repositories.git_provider_id', '=', gitProviderId)
          .whereRef('repositories.forge_id', '=', 'seen.forge_id')
          .where(isSettled('seen', now)),
      'is',
      null,
    )
    .execute();
  const formerKeys = new Map(found.map(({ forge_id, formerKey }) => [forge_id, formerKey]));
  return rows.flatMap((row) => {
    const formerKey = formerKeys.get(row.forge_id);
    return formerKey === undefined ? [] : [{ row, formerKey }];
  });
}

/** Whether the stored repository makes an observation needless: it is newer, or says the same and is nearly as new. */
function isSettled(observation: 'seen' | 'excluded', now: Date): RawBuilder<SqlBool> {
  const [digest, observedAt] = ['digest', 'observed_at'].map((column) => sql.ref(`${observation}.${column}`));
  return sql`(repositories.observed_at <= ${now.getTime()} and (repositories.observed_at > ${observedAt}
    or (repositories.digest = ${digest} and repositories.observed_at > ${observedAt} - ${sql.lit(confirmedForMs)})))`;
}

/** Everybody's permissions on them follow their paths, as these are stored. */
async function movePermissions(
  transaction: Queries,
  gitProviderId: string,
  forgeIds: readonly string[],
): Promise<void> {
  await transaction
    .updateTable('permissions')
    .set((expression) => ({
      path_key: expression
        .selectFrom('repositories')
        .select('repositories.path_key')
        .where('repositories.git_provider_id', '=', gitProviderId)
        .whereRef('repositories.forge_id', '=', 'permissions.forge_id'),
    }))
    .where('forge_id', 'in', forgeIds)
    .where('generation', 'in', (expression) =>
      expression.selectFrom('generations').select('id').where('git_provider_id', '=', gitProviderId),
    )
    .execute();
}

/** Says how many rows it has written. What is stored already stays as it is. */
async function insertNew(
  store: Store,
  transaction: Queries,
  rows: readonly RepositoryRow[],
): Promise<number> {
  const { numInsertedOrUpdatedRows } = await insertRows(store, transaction, rows)
    .onConflict((conflict) => conflict.columns(['git_provider_id', 'forge_id']).doNothing())
    .executeTakeFirstOrThrow();
  return Number(numInsertedOrUpdatedRows);
}

function insertRows(store: Store, transaction: Queries, rows: readonly RepositoryRow[]) {
  return transaction
    .insertInto('repositories')
    .columns(repositoryColumns)
    .expression((expression) =>
      expression
        .selectFrom(store.jsonRows(rows, repositoryTypes).as('seen'))
        .select(repositoryColumns.map((column) => `seen.${column}` as const))
        .where(sql.lit(true)),
    );
}

/** Says how many rows it has written. Of what somebody beside has stored meanwhile, no path is changed. */
async function upsert(
  store: Store,
  transaction: Queries,
  news: readonly News[],
  { now }: ObservedRepositories,
  mode: 'shared' | 'alone',
): Promise<number> {
  const rows = news.map(({ row }) => row);
  const { numInsertedOrUpdatedRows } = await insertRows(store, transaction, rows)
    .onConflict((conflict) =>
      conflict
        .columns(['git_provider_id', 'forge_id'])
        .doUpdateSet((expression) =>
          Object.fromEntries(
            repositoryColumns.map((column) => [column, expression.ref(`excluded.${column}`)]),
          ),
        )
        .where(sql<SqlBool>`not ${isSettled('excluded', now)}`)
        .where(
          mode === 'alone' ? sql<SqlBool>`1 = 1` : sql<SqlBool>`repositories.path_key = excluded.path_key`,
        ),
    )
    .executeTakeFirstOrThrow();
  return Number(numInsertedOrUpdatedRows);
}
