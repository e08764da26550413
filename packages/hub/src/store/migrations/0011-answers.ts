import type { Migration } from './migration.js';

export const answers: Migration = {
  id: 11,
  name: 'answers',
  async up(database) {
    await database.schema
      .createTable('answers')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('connection_id', 'text', (column) => column.notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .addColumn('bytes', 'bigint', (column) => column.notNull())
      .addColumn('used_at', 'bigint', (column) => column.notNull())
      .execute();
    // What a connection keeps, and what all do, is summed up from the index alone.
    await database.schema
      .createIndex('answers_room')
      .on('answers')
      .columns(['connection_id', 'bytes'])
      .execute();
    await database.schema.createIndex('answers_used').on('answers').columns(['used_at', 'id']).execute();
  },
};
