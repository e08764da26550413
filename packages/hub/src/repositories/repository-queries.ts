import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Queries } from '../store/store.js';
import { isShown } from './is-shown.js';
import type { RepositoryFilter } from './repository-filter.js';
import { onPermission, onRepository } from './repository-filter.js';
import type { Columns, Position, RepositoryOrder } from './repository-order.js';
import { isAfter, sortKey } from './repository-order.js';
import type { ListedRow } from './repository-rows.js';

/** One repository of a person's list. */
export function findListed(
  database: Queries,
  of: { readonly personId: string; readonly gitProviderId: string; readonly forgeId: string },
): Promise<ListedRow | undefined> {
  return database
    .selectFrom('connections')
    .innerJoin('permissions', 'permissions.generation', 'connections.visible_generation')
    .innerJoin('repositories', (join) =>
      join
        .onRef('repositories.git_provider_id', '=', 'permissions.git_provider_id')
        .onRef('repositories.forge_id', '=', 'permissions.forge_id'),
    )
    .where('connections.person_id', '=', of.personId)
    .where('connections.git_provider_id', '=', of.gitProviderId)
    .where('permissions.forge_id', '=', of.forgeId)
    .where(isShown)
    .selectAll('repositories')
    .select(['permissions.level', 'permissions.native', 'permissions.reason'])
    .select('connections.visible_completed_at as completed_at')
    .executeTakeFirst();
}

/** The result of a listing. */
export interface Generation {
  readonly id: string;
  /** `null`: the listing is not complete yet. */
  readonly completedAt: number | null;
}

/** The generations that a person sees. */
export async function visibleGenerations(
  database: Queries,
  personId: string,
  gitProviderId: string | undefined,
): Promise<readonly Generation[]> {
  const rows = await database
    .selectFrom('connections')
    .select(['visible_generation as id', 'visible_completed_at as completedAt'])
    .where('person_id', '=', personId)
    .where(isShown)
    .$if(gitProviderId !== undefined, (query) => query.where('git_provider_id', '=', gitProviderId ?? ''))
    .execute();
  return rows.flatMap(({ id, completedAt }) => (id === null ? [] : [{ id, completedAt }]));
}

export interface Page {
  readonly order: RepositoryOrder;
  readonly after: Position | undefined;
}

export type SortedRow = ListedRow & { readonly sort_key: string | number | null };

/**
 * By path each listing is read in order from its own index, one row more than asked for, and then they are merged. In
 * other orders all that the filter lets through is looked at, and only the rows of the page are kept.
 */
export async function listRows(
  database: Queries,
  generations: readonly Generation[],
  request: RepositoryFilter & { readonly limit: number },
  { order, after }: Page,
): Promise<readonly SortedRow[]> {
  const limit = request.limit + 1;
  const pathDirection = order.sort === 'path' ? order.direction : 'asc';
  const [first, ...others] = generations.map(({ id, completedAt }) =>
    database
      .selectFrom(
        database
          .selectFrom('permissions')
          .innerJoin('repositories', (join) =>
            join
              .onRef('repositories.git_provider_id', '=', 'permissions.git_provider_id')
              .onRef('repositories.forge_id', '=', 'permissions.forge_id'),
          )
          .where('permissions.generation', '=', id)
          .where((expression) => expression.and(onPermission(expression, request)))
          .where((expression) => expression.and(onRepository(expression, request)))
          .where((columns) => columns.and(after === undefined ? [] : [isAfter(columns, order, after)]))
          .selectAll('repositories')
          .select(['permissions.level', 'permissions.native', 'permissions.reason'])
          .select(sql<number | null>`cast(${completedAt} as bigint)`.as('completed_at'))
          .select((columns) => sortColumn(columns, order).as('sort_key'))
          .$if(order.sort !== 'path', (query) => query.orderBy('sort_key', order.direction))
          .orderBy('permissions.path_key', pathDirection)
          .orderBy('permissions.git_provider_id', pathDirection)
          .orderBy('permissions.forge_id', pathDirection)
          .limit(limit)
          .as('part'),
      )
      .selectAll(),
  );
  if (first === undefined) return [];
  return database
    .selectFrom(others.reduce((merged, part) => merged.unionAll(part), first).as('listed'))
    .selectAll()
    .$if(order.sort !== 'path', (query) => query.orderBy('sort_key', order.direction))
    .orderBy('path_key', pathDirection)
    .orderBy('git_provider_id', pathDirection)
    .orderBy('forge_id', pathDirection)
    .limit(limit)
    .execute();
}

/** How many rows a filter lets through, on all pages. */
export async function countRows(
  database: Queries,
  generations: readonly Generation[],
  filter: RepositoryFilter,
): Promise<number> {
  if (generations.length === 0) return 0;
  const { count } = await database
    .selectFrom('permissions')
    .where(
      'permissions.generation',
      'in',
      generations.map(({ id }) => id),
    )
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

/** One column of one type, whatever the order. */
function sortColumn(columns: Columns, order: RepositoryOrder): RawBuilder<string | number | null> {
  return sql`${sortKey(columns, order) ?? sql`null`}`;
}

/** Where a page ends that ends with this row. */
export function positionOf({ sort_key, path_key, git_provider_id, forge_id }: SortedRow): Position {
  return { key: sort_key, pathKey: path_key, gitProviderId: git_provider_id, forgeId: forge_id };
}
