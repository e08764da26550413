import type { Migration } from './migration.js';

export const renewal: Migration = {
  id: 5,
  name: 'renewal',
  async up(database) {
    await database.schema
      .alterTable('connections')
      .addColumn('credential_version', 'integer', (column) => column.notNull().defaultTo(1))
      .execute();
    await database.schema.alterTable('connections').addColumn('credential_since', 'bigint').execute();
    await database.schema
      .alterTable('connections')
      .addColumn('credential_refused', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await database.schema.alterTable('connections').addColumn('claim_id', 'text').execute();
    await database.schema.alterTable('connections').addColumn('claim_until', 'bigint').execute();
    await database.schema.alterTable('connections').addColumn('unanswered_since', 'bigint').execute();
    await database.schema.alterTable('connections').addColumn('ends_at', 'bigint').execute();
    await database.schema.alterTable('connections').addColumn('keep_alive_at', 'bigint').execute();
    await database.schema
      .createIndex('connections_keep_alive')
      .on('connections')
      .column('keep_alive_at')
      .execute();
  },
};
