import type { Migration } from './migration.js';

export const generationPages: Migration = {
  id: 9,
  name: 'generation pages',
  async up(database) {
    // Whatever was listed before has rows of its own, and is compared with nothing.
    await database.schema
      .alterTable('generations')
      .addColumn('stage', 'text', (column) => column.notNull().defaultTo('own'))
      .execute();
    await database.schema.alterTable('generations').addColumn('base', 'text').execute();
    for (const column of ['pages', 'copied_pages']) {
      await database.schema
        .alterTable('generations')
        .addColumn(column, 'integer', (definition) => definition.notNull().defaultTo(0))
        .execute();
    }
    // For the sweep after a sync, which looks at one connection's.
    await database.schema
      .createIndex('generations_connection')
      .on('generations')
      .column('connection_id')
      .execute();
    await database.schema
      .createTable('generation_pages')
      .addColumn('generation', 'text', (column) => column.notNull())
      .addColumn('position', 'integer', (column) => column.notNull())
      .addColumn('pass', 'integer', (column) => column.notNull())
      .addColumn('forge_ids', 'text', (column) => column.notNull())
      .addColumn('places', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('generation_pages_key', ['generation', 'position'])
      .execute();
    // Empty: of a row that was written before, so that the next sync writes it again.
    await database.schema
      .alterTable('repositories')
      .addColumn('digest', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
  },
};
