import type { Migration } from './migration.js';

export const gitProviderSettings: Migration = {
  id: 3,
  name: 'git provider settings',
  async up(database) {
    await database.schema
      .alterTable('git_providers')
      .addColumn('organizations', 'text', (column) => column.notNull().defaultTo('[]'))
      .execute();
    await database.schema
      .alterTable('git_providers')
      .addColumn('patterns', 'text', (column) => column.notNull().defaultTo('[]'))
      .execute();
    await database.schema
      .alterTable('git_providers')
      .addColumn('sync_policy', 'text', (column) => column.notNull().defaultTo('staged'))
      .execute();
    await database.schema
      .alterTable('git_providers')
      .addColumn('lock_version', 'integer', (column) => column.notNull().defaultTo(1))
      .execute();
    await database.schema
      .alterTable('repositories')
      .addColumn('listed_under', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    // Empty: of a sign-in made before the binding was kept; it counts as bound to what stands in the settings now.
    await database.schema
      .alterTable('connections')
      .addColumn('bound_to', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
  },
};
