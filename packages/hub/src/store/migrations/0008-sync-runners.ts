import type { Migration } from './migration.js';

export const syncRunners: Migration = {
  id: 8,
  name: 'sync runners',
  async up(database) {
    await database.schema
      .createTable('sync_runners')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('alive_until', 'bigint', (column) => column.notNull())
      .execute();
    await database.schema.alterTable('sync_tasks').addColumn('runner_id', 'text').execute();
  },
};
