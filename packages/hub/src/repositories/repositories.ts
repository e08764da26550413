import type { PermissionLevel, Repository } from '@anyforge/core';
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import { sql } from 'kysely';
import { HubError } from '../errors.js';
import type { Resources } from '../resources.js';
import type { Schema } from '../store/schema.js';
import type { Queries } from '../store/store.js';
import { keyOf } from '../store/text.js';
import type { Cursor } from './cursor.js';
import { readCursor, writeCursor } from './cursor.js';
import type { ListedRepository, ListedRow } from './repository-rows.js';
import { levelRank, toListedRepository } from './repository-rows.js';

export interface RepositoryFilter {
  /** A part of the path, whatever its case. */
  readonly search?: string | undefined;
  readonly gitProviderId?: string | undefined;
  /** At least this level; `unknown`: only those whose permission is not known. */
  readonly level?: PermissionLevel | 'unknown' | undefined;
  readonly visibility?: Repository['visibility'] | undefined;
  readonly archived?: boolean | undefined;
}

export interface RepositoryListRequest extends RepositoryFilter {
  /** 1 to 200. */
  readonly limit: number;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

export interface RepositoryList {
  /** By path, then git provider. */
  readonly items: readonly ListedRepository[];
  /** Absent: this is the last page. */
  readonly nextCursor?: string | undefined;
  /** How many the filter lets through, on all pages. */
  readonly total: number;
}

const limitAtMost = 200;

/** What people see of the repositories: each their own. */
export interface RepositoryService {
  /**
   * The repositories of the person's last complete listings. What a sync under way has found so far is not among them.
   *
   * @throws HubError `invalid_input`.
   */
  list(personId: string, request: RepositoryListRequest): Promise<RepositoryList>;
  /** @throws HubError `not_found` when it does not exist or the person's own permissions do not reach it. */
  get(personId: string, gitProviderId: string, forgeId: string): Promise<ListedRepository>;
}

export class Repositories implements RepositoryService {
  readonly #resources: Resources;

  constructor(resources: Resources) {
    this.#resources = resources;
  }

  async list(personId: string, request: RepositoryListRequest): Promise<RepositoryList> {
    const { limit } = request;
    if (!Number.isInteger(limit) || limit < 1 || limit > limitAtMost) {
      throw HubError.invalidInput([{ path: 'limit', message: `Ask for 1 to ${String(limitAtMost)}.` }]);
    }
    const cursor = request.cursor === undefined ? undefined : readCursor(request.cursor);
    // One transaction: the pointer must not move, and the old list be swept, between its statements.
    const { rows, total } = await this.#resources.store.database
      .transaction()
      .execute(async (transaction) => {
        const generations = await visibleGenerations(transaction, personId, request.gitProviderId);
        return {
          rows: await listRows(transaction, generations, request, cursor),
          total: await countRows(transaction, generations, request),
        };
      });
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map(toListedRepository),
      nextCursor: rows.length > limit && last !== undefined ? writeCursor(cursorOf(last)) : undefined,
      total,
    };
  }

  async get(personId: string, gitProviderId: string, forgeId: string): Promise<ListedRepository> {
    const row = await this.#resources.store.database
      .selectFrom('connections')
      .innerJoin('permissions', 'permissions.generation', 'connections.visible_generation')
      .innerJoin('repositories', (join) =>
        join
          .onRef('repositories.git_provider_id', '=', 'permissions.git_provider_id')
          .onRef('repositories.forge_id', '=', 'permissions.forge_id'),
      )
      .where('connections.person_id', '=', personId)
      .where('connections.git_provider_id', '=', gitProviderId)
      .where('permissions.forge_id', '=', forgeId)
      .selectAll('repositories')
      .select(['permissions.level', 'permissions.native', 'permissions.reason'])
      .executeTakeFirst();
    if (row === undefined) {
      throw new HubError('not_found', 'None of your git providers lists such a repository for you.');
    }
    return toListedRepository(row);
  }
}

async function visibleGenerations(
  database: Queries,
  personId: string,
  gitProviderId: string | undefined,
): Promise<readonly string[]> {
  const rows = await database
    .selectFrom('connections')
    .select('visible_generation')
    .where('person_id', '=', personId)
    .$if(gitProviderId !== undefined, (query) => query.where('git_provider_id', '=', gitProviderId ?? ''))
    .execute();
  return rows.map((row) => row.visible_generation).filter((generation) => generation !== null);
}

/** Each listing is read in order from its own index, one row more than asked for, and then they are merged. */
async function listRows(
  database: Queries,
  generations: readonly string[],
  request: RepositoryListRequest,
  cursor: Cursor | undefined,
): Promise<readonly ListedRow[]> {
  const limit = request.limit + 1;
  const [first, ...others] = generations.map((generation) =>
    database
      .selectFrom(
        database
          .selectFrom('permissions')
          .innerJoin('repositories', (join) =>
            join
              .onRef('repositories.git_provider_id', '=', 'permissions.git_provider_id')
              .onRef('repositories.forge_id', '=', 'permissions.forge_id'),
          )
          .where('permissions.generation', '=', generation)
          .where((expression) => expression.and(onPermission(expression, request)))
          .where((expression) => expression.and(onRepository(expression, request)))
          .where((expression) => expression.and(cursor === undefined ? [] : [isAfter(expression, cursor)]))
          .selectAll('repositories')
          .select(['permissions.level', 'permissions.native', 'permissions.reason'])
          .orderBy('permissions.path_key')
          .orderBy('permissions.git_provider_id')
          .orderBy('permissions.forge_id')
          .limit(limit)
          .as('part'),
      )
      .selectAll(),
  );
  if (first === undefined) return [];
  return database
    .selectFrom(others.reduce((merged, part) => merged.unionAll(part), first).as('listed'))
    .selectAll()
    .orderBy('path_key')
    .orderBy('git_provider_id')
    .orderBy('forge_id')
    .limit(limit)
    .execute();
}

async function countRows(
  database: Queries,
  generations: readonly string[],
  filter: RepositoryFilter,
): Promise<number> {
  if (generations.length === 0) return 0;
  const { count } = await database
    .selectFrom('permissions')
    .where('permissions.generation', 'in', generations)
    .where((expression) => expression.and(onPermission(expression, filter)))
    // Only a filter on the repository itself needs it to be looked up.
    .$if(filter.visibility !== undefined || filter.archived !== undefined, (query) =>
      query
        .innerJoin('repositories', (join) =>
          join
            .onRef('repositories.git_provider_id', '=', 'permissions.git_provider_id')
            .onRef('repositories.forge_id', '=', 'permissions.forge_id'),
        )
        .where((expression) => expression.and(onRepository(expression, filter))),
    )
    .select((expression) => expression.fn.countAll<number | string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

type Condition = Expression<SqlBool>;

function onPermission(
  expression: ExpressionBuilder<Schema, 'permissions'>,
  { search, level }: RepositoryFilter,
): Condition[] {
  const conditions: Condition[] = [];
  if (search !== undefined) {
    const pattern = `%${keyOf(search).replace(/[\\%_]/g, '\\$&')}%`;
    conditions.push(sql<SqlBool>`${expression.ref('permissions.path_key')} like ${pattern} escape '\\'`);
  }
  if (level !== undefined) {
    conditions.push(expression('permissions.level_rank', level === 'unknown' ? '=' : '>=', levelRank(level)));
  }
  return conditions;
}

function onRepository(
  expression: ExpressionBuilder<Schema, 'repositories'>,
  { visibility, archived }: RepositoryFilter,
): Condition[] {
  const conditions: Condition[] = [];
  if (visibility !== undefined) conditions.push(expression('repositories.visibility', '=', visibility));
  if (archived !== undefined) conditions.push(expression('repositories.archived', '=', Number(archived)));
  return conditions;
}

function isAfter(expression: ExpressionBuilder<Schema, 'permissions'>, cursor: Cursor): Condition {
  return expression(
    expression.refTuple('permissions.path_key', 'permissions.git_provider_id', 'permissions.forge_id'),
    '>',
    expression.tuple(cursor.pathKey, cursor.gitProviderId, cursor.forgeId),
  );
}

function cursorOf(row: ListedRow): Cursor {
  return { pathKey: row.path_key, gitProviderId: row.git_provider_id, forgeId: row.forge_id };
}
