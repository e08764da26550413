import type { Migration } from './migration.js';

export const signIns: Migration = {
  id: 4,
  name: 'sign-ins',
  async up(database) {
    await database.schema
      .createTable('sign_ins')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('state_hash', 'text', (column) => column.unique())
      .addColumn('person_id', 'text', (column) => column.notNull())
      .addColumn('session_id', 'text')
      .addColumn('git_provider_id', 'text', (column) => column.notNull())
      .addColumn('purpose', 'text', (column) => column.notNull())
      .addColumn('draft_id', 'text')
      .addColumn('method', 'text', (column) => column.notNull())
      .addColumn('display', 'text', (column) => column.notNull().defaultTo('popup'))
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('settings_version', 'integer', (column) => column.notNull())
      .addColumn('redirect_uri', 'text')
      .addColumn('return_to', 'text', (column) => column.notNull())
      .addColumn('transaction_sealed', 'text')
      .addColumn('credential', 'text')
      .addColumn('identity', 'text')
      .addColumn('user_code', 'text')
      .addColumn('verification_url', 'text')
      .addColumn('poll_at', 'bigint')
      .addColumn('interval_ms', 'integer')
      .addColumn('error_kind', 'text')
      .addColumn('error_message', 'text')
      .addColumn('error_repair_text', 'text')
      .addColumn('error_repair_url', 'text')
      .addColumn('sync_id', 'text')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('finished_at', 'bigint')
      .execute();
    for (const column of ['person_id', 'git_provider_id', 'draft_id', 'expires_at']) {
      await database.schema.createIndex(`sign_ins_${column}`).on('sign_ins').column(column).execute();
    }
    await database.schema
      .createTable('git_provider_drafts')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('person_id', 'text', (column) => column.notNull())
      .addColumn('git_provider_id', 'text', (column) => column.notNull())
      .addColumn('base_version', 'integer')
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('content', 'text', (column) => column.notNull())
      .addColumn('revision', 'integer', (column) => column.notNull())
      .addColumn('config_revision', 'integer', (column) => column.notNull())
      .addColumn('credential', 'text')
      .addColumn('credential_kind', 'text')
      .addColumn('bound_to', 'text')
      .addColumn('identity', 'text')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute();
    await database.schema
      .createIndex('git_provider_drafts_expiry')
      .on('git_provider_drafts')
      .column('expires_at')
      .execute();
    await database.schema
      .createIndex('git_provider_drafts_person')
      .on('git_provider_drafts')
      .column('person_id')
      .execute();
  },
};
