import type { Expression, ExpressionBuilder, RawBuilder, SqlBool } from 'kysely';
import { sql } from 'kysely';
import { readCursor, writeCursor } from '../keyset-cursor.js';
import type { Schema } from '../store/schema.js';

export const repositorySorts = ['path', 'name', 'updatedAt', 'level'] as const;
export type RepositorySort = (typeof repositorySorts)[number];
export type SortDirection = 'asc' | 'desc';

/** By which of its columns, and which way round. Repositories that are alike in it follow one another by path. */
export interface RepositoryOrder {
  readonly sort: RepositorySort;
  readonly direction: SortDirection;
}

/** Where a page of the list ended: the sort key of its last row. */
export interface Position {
  /** Null where the path is the key. */
  readonly key: string | number | null;
  readonly pathKey: string;
  readonly gitProviderId: string;
  readonly forgeId: string;
}

export type Columns = ExpressionBuilder<Schema, 'permissions' | 'repositories'>;

/** Before and after all that a column can hold, within what JavaScript counts exactly. */
const ends = { asc: 9e15, desc: -9e15 } as const;

/** What is not known comes last, whichever way round: nobody looks for it there. */
const keys: Readonly<
  Record<Exclude<RepositorySort, 'path'>, (columns: Columns, last: number) => RawBuilder<string | number>>
> = {
  name: (columns) => sql<string>`${columns.ref('repositories.name_key')}`,
  updatedAt: (columns, last) =>
    sql<number>`coalesce(${columns.ref('repositories.updated_at')}, ${sql.lit(last)})`,
  level: (columns, last) =>
    sql<number>`case when ${columns.ref('permissions.level_rank')} < 0 then ${sql.lit(last)} else ${columns.ref('permissions.level_rank')} end`,
};

/** The column that a list is sorted by; undefined: the path is all there is to it. */
export function sortKey(
  columns: Columns,
  { sort, direction }: RepositoryOrder,
): RawBuilder<string | number> | undefined {
  return sort === 'path' ? undefined : keys[sort](columns, ends[direction]);
}

/** Whether a row comes after a position. */
export function isAfter(columns: Columns, order: RepositoryOrder, position: Position): Expression<SqlBool> {
  const key = sortKey(columns, order);
  const further = order.direction === 'asc' ? '>' : '<';
  const path = columns(
    columns.refTuple('permissions.path_key', 'permissions.git_provider_id', 'permissions.forge_id'),
    key === undefined ? further : '>',
    columns.tuple(position.pathKey, position.gitProviderId, position.forgeId),
  );
  if (key === undefined || position.key === null) return path;
  return columns.or([
    columns(key, further, position.key),
    columns.and([columns(key, '=', position.key), path]),
  ]);
}

export function writePosition({ sort, direction }: RepositoryOrder, position: Position): string {
  const { key, pathKey, gitProviderId, forgeId } = position;
  return writeCursor([sort, direction, key, pathKey, gitProviderId, forgeId]);
}

/** @throws HubError `invalid_input` also for a cursor of another order. */
export function readPosition(cursor: string, { sort, direction }: RepositoryOrder): Position {
  return readCursor(cursor, ([ofSort, ofDirection, key, pathKey, gitProviderId, forgeId, ...more]) => {
    if (ofSort !== sort || ofDirection !== direction || more.length > 0 || !isKey[sort](key))
      return undefined;
    if (typeof pathKey !== 'string' || typeof gitProviderId !== 'string') return undefined;
    return typeof forgeId === 'string' ? { key, pathKey, gitProviderId, forgeId } : undefined;
  });
}

const isNumber = (key: unknown): key is number => typeof key === 'number';

const isKey: Readonly<Record<RepositorySort, (key: unknown) => key is string | number | null>> = {
  path: (key): key is null => key === null,
  name: (key): key is string => typeof key === 'string',
  updatedAt: isNumber,
  level: isNumber,
};
