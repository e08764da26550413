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
      .addColumn('username', 'text')
      .addColumn('via', 'text', (column) => column.notNull())
      .addColumn('via_id', 'text')
      .addColumn('subject_id', 'text')
      .addColumn('audience', 'text', (column) => column.notNull())
      .addColumn('action', 'text', (column) => column.notNull())
      .addColumn('git_provider_id', 'text')
      .addColumn('details', 'text', (column) => column.notNull())
      .execute();
    // For each of the ways in which an event is somebody's to see, in the order in which it is shown; and for retention.
    for (const column of ['person_id', 'subject_id', 'audience'] as const) {
      await database.schema
        .createIndex(`audit_events_${column}`)
        .on('audit_events')
        .columns([column, 'at', 'id'])
        .execute();
    }
    await database.schema.createIndex('audit_events_at').on('audit_events').columns(['at', 'id']).execute();
  },
};
