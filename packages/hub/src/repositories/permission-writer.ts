import { sql } from 'kysely';
import type { JsonColumns } from '../store/json-rows.js';
import type { PermissionRow } from '../store/schema.js';
import type { Queries, Store } from '../store/store.js';
import type { GrantedPermission } from './repository-rows.js';

const grantedTypes = {
  text: ['forge_id', 'level', 'native', 'reason'],
  integer: ['level_rank'],
} as const satisfies JsonColumns<keyof GrantedPermission, keyof GrantedPermission>;

const grantedColumns = [...grantedTypes.text, ...grantedTypes.integer] as const;

const writtenAgain = [
  'git_provider_id',
  'path_key',
  'level',
  'level_rank',
  'native',
  'reason',
] as const satisfies readonly (keyof PermissionRow)[];

export interface GrantedPermissions {
  readonly gitProviderId: string;
  readonly generation: string;
  /** At most one on each repository. */
  readonly permissions: readonly GrantedPermission[];
}

/** Writes permissions on repositories that are stored, in one statement. */
export async function writePermissions(
  store: Store,
  transaction: Queries,
  { gitProviderId, generation, permissions }: GrantedPermissions,
): Promise<void> {
  if (permissions.length === 0) return;
  await transaction
    .insertInto('permissions')
    .columns(['generation', 'git_provider_id', 'path_key', ...grantedColumns])
    .expression((expression) =>
      expression
        .selectFrom(store.jsonRows(permissions, grantedTypes).as('granted'))
        .select((expression) => [
          sql.val(generation).as('generation'),
          sql.val(gitProviderId).as('git_provider_id'),
          expression
            .selectFrom('repositories')
            .select('repositories.path_key')
            .where('repositories.git_provider_id', '=', gitProviderId)
            .whereRef('repositories.forge_id', '=', 'granted.forge_id')
            .as('path_key'),
          ...grantedColumns.map((column) => `granted.${column}` as const),
        ])
        .where(sql.lit(true)),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['generation', 'forge_id'])
        .doUpdateSet((expression) =>
          Object.fromEntries(writtenAgain.map((column) => [column, expression.ref(`excluded.${column}`)])),
        ),
    )
    .execute();
}

/** Whether a generation has all these permissions, as they are here. */
export async function hasPermissions(
  store: Store,
  database: Queries,
  generation: string,
  permissions: readonly GrantedPermission[],
): Promise<boolean> {
  if (permissions.length === 0) return true;
  const other = await database
    .selectFrom(store.jsonRows(permissions, grantedTypes).as('granted'))
    .select('granted.forge_id')
    // Looked up row by row, never joined, as `not exists` may be: by reading all the list for each row.
    .where(
      (expression) =>
        expression
          .selectFrom('permissions')
          .select('permissions.forge_id')
          .where('permissions.generation', '=', generation)
          .whereRef('permissions.forge_id', '=', 'granted.forge_id')
          .whereRef('permissions.level', '=', 'granted.level')
          .whereRef('permissions.native', '=', 'granted.native')
          .whereRef(
            (columns) => columns.fn.coalesce('permissions.reason', sql.lit('')),
            '=',
            (columns) => columns.fn.coalesce('granted.reason', sql.lit('')),
          ),
      'is',
      null,
    )
    .limit(1)
    .executeTakeFirst();
  return other === undefined;
}

/** Gives a generation the permissions of another on these repositories, where it has none yet. */
export async function copyPermissions(
  store: Store,
  transaction: Queries,
  {
    from,
    to,
    forgeIds,
  }: { readonly from: string; readonly to: string; readonly forgeIds: readonly string[] },
): Promise<void> {
  const columns = [
    'forge_id',
    'git_provider_id',
    'path_key',
    'level',
    'level_rank',
    'native',
    'reason',
  ] as const;
  const rows = forgeIds.map((forge_id) => ({ forge_id }));
  await transaction
    .insertInto('permissions')
    .columns(['generation', ...columns])
    .expression((expression) =>
      expression
        .selectFrom('permissions as base')
        .select([sql.val(to).as('generation'), ...columns.map((column) => `base.${column}` as const)])
        .where('base.generation', '=', from)
        .where('base.forge_id', 'in', (listed) =>
          listed
            .selectFrom(store.jsonRows(rows, { text: ['forge_id'], integer: [] }).as('listed'))
            .select('listed.forge_id'),
        ),
    )
    .onConflict((conflict) => conflict.columns(['generation', 'forge_id']).doNothing())
    .execute();
}
