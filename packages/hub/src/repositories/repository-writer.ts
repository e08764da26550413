import type { Repository } from '@anyforge/core';
import { sql } from 'kysely';
import type { JsonColumns } from '../store/json-rows.js';
import type { PermissionRow, RepositoryRow } from '../store/schema.js';
import type { Queries, Store } from '../store/store.js';
import { storableText } from '../store/text.js';
import type { GrantedPermission } from './repository-rows.js';
import { toPermissionRow, toRepositoryRow } from './repository-rows.js';

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
  ],
  integer: ['archived', 'fork', 'updated_at', 'observed_at', 'listed_under'],
} as const satisfies JsonColumns<keyof RepositoryRow, keyof RepositoryRow>;

const repositoryColumns = [...repositoryTypes.text, ...repositoryTypes.integer] as const;

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

export interface ObservedRepositories {
  readonly gitProviderId: string;
  /** Where the permissions belong. */
  readonly generation: string;
  readonly observedAt: Date;
  /** The version of the git provider's settings that they were listed with. */
  readonly settingsVersion: number;
  /** An observation later than this was made while the clock was wrong, and counts for nothing. */
  readonly now: Date;
  readonly repositories: readonly Repository[];
}

/** Writes repositories, and one account's permissions on them, in a few statements however many there are. */
export async function writeRepositories(
  store: Store,
  transaction: Queries,
  observed: ObservedRepositories,
): Promise<void> {
  // Once each, by the id as it is stored, because one statement may touch a row once only.
  const byId = new Map(observed.repositories.map((repository) => [storableText(repository.id), repository]));
  const repositories = [...byId.values()];
  if (repositories.length === 0) return;
  const rows = repositories.map((repository) => toRepositoryRow(repository, observed));
  // One page of a git provider after the other: a name that another has found, but not committed yet, would be missed.
  await store.lock(transaction, `repositories of ${observed.gitProviderId}`);
  await moveRenamed(store, transaction, rows, observed);
  await upsertRepositories(store, transaction, rows, observed.now);
  await upsertPermissions(store, transaction, repositories.map(toPermissionRow), observed);
}

/** A repository that was renamed moves in everybody's list. It is rare, so that it is looked for first. */
async function moveRenamed(
  store: Store,
  transaction: Queries,
  rows: readonly RepositoryRow[],
  { gitProviderId, now }: ObservedRepositories,
): Promise<void> {
  const renamed = await transaction
    .selectFrom(store.jsonRows(rows, { text: ['forge_id', 'path_key'], integer: ['observed_at'] }).as('seen'))
    .select(['seen.forge_id', 'seen.path_key'])
    // Looked up row by row, never joined: a planner may join by reading all the JSON for each stored repository.
    .where((expression) =>
      expression.exists(
        expression
          .selectFrom('repositories')
          .select('repositories.forge_id')
          .where('repositories.git_provider_id', '=', gitProviderId)
          .whereRef('repositories.forge_id', '=', 'seen.forge_id')
          .whereRef('repositories.path_key', '!=', 'seen.path_key')
          .where((expression) =>
            expression.or([
              expression('repositories.observed_at', '<=', expression.ref('seen.observed_at')),
              expression('repositories.observed_at', '>', now.getTime()),
            ]),
          ),
      ),
    )
    .execute();
  for (const { forge_id, path_key } of renamed) {
    await transaction
      .updateTable('permissions')
      .set({ path_key })
      .where('forge_id', '=', forge_id)
      .where('generation', 'in', (expression) =>
        expression.selectFrom('generations').select('id').where('git_provider_id', '=', gitProviderId),
      )
      .execute();
  }
}

/** An observation older than the stored one changes nothing. */
async function upsertRepositories(
  store: Store,
  transaction: Queries,
  rows: readonly RepositoryRow[],
  now: Date,
): Promise<void> {
  await transaction
    .insertInto('repositories')
    .columns(repositoryColumns)
    .expression((expression) =>
      expression
        .selectFrom(store.jsonRows(rows, repositoryTypes).as('seen'))
        .select(repositoryColumns.map((column) => `seen.${column}` as const))
        .where(sql.lit(true)),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['git_provider_id', 'forge_id'])
        .doUpdateSet((expression) =>
          Object.fromEntries(
            repositoryColumns.map((column) => [column, expression.ref(`excluded.${column}`)]),
          ),
        )
        .where((expression) =>
          expression.or([
            expression('repositories.observed_at', '<=', expression.ref('excluded.observed_at')),
            expression('repositories.observed_at', '>', now.getTime()),
          ]),
        ),
    )
    .execute();
}

async function upsertPermissions(
  store: Store,
  transaction: Queries,
  granted: readonly GrantedPermission[],
  { generation, gitProviderId }: ObservedRepositories,
): Promise<void> {
  await transaction
    .insertInto('permissions')
    .columns(['generation', 'git_provider_id', 'path_key', ...grantedColumns])
    .expression((expression) =>
      expression
        .selectFrom(store.jsonRows(granted, grantedTypes).as('granted'))
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
