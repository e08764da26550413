import { PostgresAdapter, sql } from 'kysely';
import type { Migration } from './migration.js';

export const listStatistics: Migration = {
  id: 15,
  name: 'list statistics',
  async up(database) {
    if (!(database.getExecutor().adapter instanceof PostgresAdapter)) return;
    // Lists come and go faster than PostgreSQL counts them: one that once was most of the table was read as if it still
    // were, by looking through everybody's. Without statistics each is taken for a small part of it, which it is.
    await sql`alter table permissions alter column generation set statistics 0`.execute(database);
    // To what it is already: that forgets what was counted until now, and writes no row again.
    await sql`alter table permissions alter column generation type text collate "C"`.execute(database);
  },
};
