import { sql } from 'kysely';
import type { Migration } from './migration.js';

export const repositoryNames: Migration = {
  id: 7,
  name: 'repository names',
  async up(database) {
    await database.schema
      .alterTable('repositories')
      .addColumn('name_key', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
    // Near enough until the next sync of each repository writes the key as the hub makes it.
    await sql`update repositories set name_key = lower(name)`.execute(database);
  },
};
