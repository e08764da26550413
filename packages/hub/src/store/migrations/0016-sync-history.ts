import type { Migration } from './migration.js';

export const syncHistory: Migration = {
  id: 16,
  name: 'sync history',
  async up(database) {
    // All that its chart is counted from: no row has to be looked up besides.
    await database.schema
      .createIndex('sync_tasks_of_git_provider')
      .on('sync_tasks')
      .columns(['git_provider_id', 'finished_at', 'state', 'started_at'])
      .execute();
  },
};
