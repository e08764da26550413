import type { Migration } from './migration.js';

export const audit: Migration = {
  id: 6,
  name: 'audit',
  async up(database) {
    await database.schema
      .createTable('audit_events')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('person_id', 'text')
      .addColumn('via', 'text', (column) => column.notNull())
      .addColumn('action', 'text', (column) => column.notNull())
      .addColumn('git_provider_id', 'text')
      .addColumn('details', 'text', (column) => column.notNull())
      .execute();
    await database.schema.createIndex('audit_events_at').on('audit_events').column('at').execute();
  },
};
