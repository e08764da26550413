import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Schema } from '../schema.js';
import type { Migration } from './migration.js';

export const first: Migration = {
  id: 1,
  name: 'first',
  async up(database) {
    await database.schema
      .createTable('meta')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('value', 'text', (column) => column.notNull())
      .execute();
    await createGitProviders(database);
    await createConnections(database);
    await createRepositories(database);
    await createSyncs(database);
  },
};

async function createGitProviders(database: Kysely<Schema>): Promise<void> {
  await database.schema
    .createTable('git_providers')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('name_key', 'text', (column) => column.notNull().unique())
    .addColumn('config', 'text', (column) => column.notNull())
    .addColumn('secrets', 'text')
    .addColumn('secret_paths', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .execute();
}

async function createConnections(database: Kysely<Schema>): Promise<void> {
  await database.schema
    .createTable('connections')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('person_id', 'text', (column) => column.notNull())
    .addColumn('git_provider_id', 'text', (column) => column.notNull().references('git_providers.id'))
    .addColumn('credential', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('epoch', 'integer', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('account_username', 'text', (column) => column.notNull())
    .addColumn('account_kind', 'text', (column) => column.notNull())
    .addColumn('account_display_name', 'text')
    .addColumn('account_avatar_url', 'text')
    .addColumn('account_web_url', 'text')
    .addColumn('email', 'text')
    .addColumn('scopes', 'text')
    .addColumn('missing_scopes', 'text')
    .addColumn('expires_at', 'bigint')
    .addColumn('attention_reason', 'text')
    .addColumn('attention_at', 'bigint')
    .addColumn('visible_generation', 'text')
    .addColumn('visible_completed_at', 'bigint')
    .addColumn('visible_omitted', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('connections_person_git_provider', ['person_id', 'git_provider_id'])
    .execute();
  // For the sweep, which asks whether anybody shows a generation.
  await database.schema
    .createIndex('connections_visible_generation')
    .on('connections')
    .column('visible_generation')
    .execute();
}

async function createRepositories(database: Kysely<Schema>): Promise<void> {
  await database.schema
    .createTable('generations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('connection_id', 'text', (column) => column.notNull())
    .addColumn('git_provider_id', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await database.schema
    .createIndex('generations_git_provider')
    .on('generations')
    .column('git_provider_id')
    .execute();
  await database.schema
    .createTable('repositories')
    .addColumn('git_provider_id', 'text', (column) => column.notNull())
    .addColumn('forge_id', 'text', (column) => column.notNull())
    .addColumn('path', 'text', (column) => column.notNull())
    .addColumn('path_key', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('namespace', 'text', (column) => column.notNull())
    .addColumn('description', 'text')
    .addColumn('web_url', 'text', (column) => column.notNull())
    .addColumn('https_clone_url', 'text', (column) => column.notNull())
    .addColumn('ssh_clone_url', 'text')
    .addColumn('default_branch', 'text')
    .addColumn('visibility', 'text', (column) => column.notNull())
    .addColumn('archived', 'integer', (column) => column.notNull())
    .addColumn('fork', 'integer')
    .addColumn('updated_at', 'bigint')
    .addColumn('observed_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('repositories_key', ['git_provider_id', 'forge_id'])
    .execute();
  await database.schema
    .createTable('permissions')
    .addColumn('generation', 'text', (column) => column.notNull())
    .addColumn('forge_id', 'text', (column) => column.notNull())
    .addColumn('git_provider_id', 'text', (column) => column.notNull())
    .addColumn('path_key', 'text', (column) => column.notNull())
    .addColumn('level', 'text', (column) => column.notNull())
    .addColumn('level_rank', 'integer', (column) => column.notNull())
    .addColumn('native', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addPrimaryKeyConstraint('permissions_key', ['generation', 'forge_id'])
    .execute();
  await database.schema
    .createIndex('permissions_in_order')
    .on('permissions')
    .columns(['generation', 'path_key', 'git_provider_id', 'forge_id', 'level_rank'])
    .execute();
}

async function createSyncs(database: Kysely<Schema>): Promise<void> {
  await database.schema
    .createTable('syncs')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('person_id', 'text', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await database.schema
    .createIndex('syncs_of_person')
    .on('syncs')
    .columns(['person_id', 'created_at', 'id'])
    .execute();
  await database.schema
    .createTable('sync_tasks')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('sync_id', 'text', (column) => column.notNull().references('syncs.id').onDelete('cascade'))
    .addColumn('connection_id', 'text', (column) => column.notNull())
    .addColumn('git_provider_id', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('interruptions', 'integer', (column) => column.notNull())
    .addColumn('epoch', 'integer', (column) => column.notNull())
    .addColumn('settings_version', 'integer', (column) => column.notNull())
    .addColumn('generation', 'text')
    .addColumn('resume', 'text')
    .addColumn('omitted', 'text')
    .addColumn('pages', 'integer', (column) => column.notNull())
    .addColumn('repositories', 'integer', (column) => column.notNull())
    .addColumn('total', 'integer')
    .addColumn('waiting_until', 'bigint')
    .addColumn('error_kind', 'text')
    .addColumn('error_message', 'text')
    .addColumn('error_repair_text', 'text')
    .addColumn('error_repair_url', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('started_at', 'bigint')
    .addColumn('finished_at', 'bigint')
    .addUniqueConstraint('sync_tasks_once_per_sync', ['sync_id', 'connection_id'])
    .execute();
  // For the sweep, which asks whether a task still writes a generation.
  await database.schema.createIndex('sync_tasks_generation').on('sync_tasks').column('generation').execute();
  // At most one task works for a connection at a time, whoever asks.
  await sql`create unique index sync_tasks_active on sync_tasks (connection_id)
    where state in ('queued', 'running', 'waiting')`.execute(database);
}
