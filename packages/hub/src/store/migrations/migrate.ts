import type { Kysely } from 'kysely';
import { HubError } from '../../errors.js';
import type { Schema } from '../schema.js';
import type { Queries } from '../store.js';
import { first } from './0001-first.js';
import { people } from './0002-people.js';
import { gitProviderSettings } from './0003-git-provider-settings.js';
import { signIns } from './0004-sign-ins.js';
import { renewal } from './0005-renewal.js';
import { audit } from './0006-audit.js';
import { repositoryNames } from './0007-repository-names.js';
import { syncRunners } from './0008-sync-runners.js';
import { generationPages } from './0009-generation-pages.js';
import { rateBudgets } from './0010-rate-budgets.js';
import { answers } from './0011-answers.js';
import { housekeeping } from './0012-housekeeping.js';
import { dueTasks } from './0013-due-tasks.js';
import { syncEngine } from './0014-sync-engine.js';
import { listStatistics } from './0015-list-statistics.js';
import { syncHistory } from './0016-sync-history.js';
import type { Migration } from './migration.js';

/** In the order of their ids. */
const migrations: readonly Migration[] = [
  first,
  people,
  gitProviderSettings,
  signIns,
  renewal,
  audit,
  repositoryNames,
  syncRunners,
  generationPages,
  rateBudgets,
  answers,
  housekeeping,
  dueTasks,
  syncEngine,
  listStatistics,
  syncHistory,
];

/**
 * Brings the tables to what this version expects, one step in each transaction.
 *
 * @param lock Keeps other processes from doing the same, until the transaction ends.
 * @throws HubError `store_too_new` when a later version of the hub has written the database.
 */
export async function migrate(
  database: Kysely<Schema>,
  now: () => Date,
  lock: (transaction: Queries) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  for (;;) {
    const done = await database.transaction().execute(async (transaction) => {
      // Looked up behind the lock, each time: another process may have made the step meanwhile.
      await lock(transaction);
      const newest = await newestApplied(transaction);
      const next = migrations.find(({ id }) => id > newest);
      if (next === undefined) return true;
      const { id, name, up } = next;
      await up(transaction);
      await transaction
        .insertInto('schema_migrations')
        .values({ id, name, applied_at: now().getTime() })
        .execute();
      return false;
    });
    if (done) return;
  }
}

async function newestApplied(transaction: Queries): Promise<number> {
  await transaction.schema
    .createTable('schema_migrations')
    .ifNotExists()
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('applied_at', 'bigint', (column) => column.notNull())
    .execute();
  const newest = await transaction
    .selectFrom('schema_migrations')
    .select(['id', 'name'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  const applied = newest?.id ?? 0;
  const known = migrations.at(-1)?.id ?? 0;
  if (applied > known) {
    throw new HubError(
      'store_too_new',
      `The database was written by a newer version of anyforge (step ${String(applied)}, "${newest?.name ?? ''}"; this version knows ${String(known)}). Start that version, or restore a back-up made before the upgrade.`,
    );
  }
  return applied;
}
