import { sql } from 'kysely';
import type { Migration } from './migration.js';

export const rateBudgets: Migration = {
  id: 10,
  name: 'rate budgets',
  async up(database) {
    await database.schema
      .createTable('rate_budgets')
      .addColumn('scope', 'text', (column) => column.primaryKey())
      .addColumn('budget_key', 'text')
      .addColumn('per', 'text', (column) => column.notNull())
      .addColumn('allowed', 'bigint', (column) => column.notNull())
      .addColumn('remaining', 'bigint', (column) => column.notNull())
      .addColumn('reset_at', 'bigint', (column) => column.notNull())
      .execute();
    await database.schema
      .createIndex('rate_budgets_by_key')
      .on('rate_budgets')
      .column('budget_key')
      .execute();
    await database.schema
      .createIndex('rate_budgets_by_reset')
      .on('rate_budgets')
      .column('reset_at')
      .execute();
    await database.schema.alterTable('sync_tasks').addColumn('resumable', 'integer').execute();
    // For the last complete listing of a connection, by which the next one is planned.
    await sql`create index sync_tasks_succeeded on sync_tasks (connection_id, finished_at)
      where state = 'succeeded'`.execute(database);
    // For the newest failure of each git provider, which its health tells.
    await sql`create index sync_tasks_failed on sync_tasks (git_provider_id, finished_at)
      where state = 'failed'`.execute(database);
  },
};
