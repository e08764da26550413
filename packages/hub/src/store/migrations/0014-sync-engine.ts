import type { Migration } from './migration.js';

export const syncEngine: Migration = {
  id: 14,
  name: 'sync engine',
  async up(database) {
    for (const column of ['listing_version', 'filtered_version', 'revealed_version']) {
      await database.schema
        .alterTable('git_providers')
        .addColumn(column, 'integer', (definition) => definition.notNull().defaultTo(1))
        .execute();
    }
    // What was listed until now was fenced by the version of all settings.
    await database
      .updateTable('git_providers')
      .set((expression) => ({
        listing_version: expression.ref('version'),
        filtered_version: expression.ref('version'),
      }))
      .execute();
    await database.schema
      .alterTable('generations')
      .addColumn('listing_version', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await database
      .updateTable('generations')
      .set((expression) => ({
        listing_version: expression
          .selectFrom('git_providers')
          .select('git_providers.version')
          .whereRef('git_providers.id', '=', 'generations.git_provider_id'),
      }))
      .where((expression) =>
        expression.exists(
          expression
            .selectFrom('git_providers')
            .select('git_providers.id')
            .whereRef('git_providers.id', '=', 'generations.git_provider_id'),
        ),
      )
      .execute();
    await database.schema.alterTable('connections').addColumn('complete_generation', 'text').execute();
    await database
      .updateTable('connections')
      .set((expression) => ({ complete_generation: expression.ref('visible_generation') }))
      .where('visible_completed_at', 'is not', null)
      .execute();
    // For the sweep, which asks whether any list is to be compared with a generation.
    await database.schema
      .createIndex('connections_complete_generation')
      .on('connections')
      .column('complete_generation')
      .execute();
    await database.schema
      .alterTable('sync_tasks')
      .addColumn('pass', 'integer', (column) => column.notNull().defaultTo(1))
      .execute();
    for (const column of ['listed', 'retries']) {
      await database.schema
        .alterTable('sync_tasks')
        .addColumn(column, 'integer', (definition) => definition.notNull().defaultTo(0))
        .execute();
    }
  },
};
