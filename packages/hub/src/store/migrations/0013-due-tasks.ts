import { sql } from 'kysely';
import type { Migration } from './migration.js';

export const dueTasks: Migration = {
  id: 13,
  name: 'due tasks',
  async up(database) {
    // The oldest of them are looked up again and again, however many there are and have been.
    await sql`create index sync_tasks_due on sync_tasks (created_at, id)
      where state in ('queued', 'waiting')`.execute(database);
  },
};
