import type { Migration } from './migration.js';

export const housekeeping: Migration = {
  id: 12,
  name: 'housekeeping',
  async up(database) {
    await database.schema
      .createTable('chores')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('claim_id', 'text')
      .addColumn('claim_until', 'bigint', (column) => column.notNull())
      .addColumn('due_at', 'bigint', (column) => column.notNull())
      .execute();
    await database.schema
      .createTable('repository_reach')
      .addColumn('git_provider_id', 'text', (column) => column.notNull())
      .addColumn('forge_id', 'text', (column) => column.notNull())
      .addColumn('reached_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('repository_reach_key', ['git_provider_id', 'forge_id'])
      .execute();
    await database.schema.alterTable('git_providers').addColumn('schedule_minutes', 'integer').execute();
    await database.schema.alterTable('connections').addColumn('scheduled_at', 'bigint').execute();
    // For the schedule, which asks what is due, and when the last sync of a connection ended.
    await database.schema
      .createIndex('connections_scheduled')
      .on('connections')
      .columns(['git_provider_id', 'scheduled_at'])
      .execute();
    await database.schema
      .createIndex('sync_tasks_of_connection')
      .on('sync_tasks')
      .columns(['connection_id', 'finished_at'])
      .execute();
  },
};
