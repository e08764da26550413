import { open } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Kysely } from 'kysely';
import { HubError } from '../../errors.js';
import { makeOwnerOnly } from '../../owner-only.js';
import { systemErrorCode } from '../../system-error.js';
import { orUnusable, prepareDataFolder } from '../data-folder.js';
import { DatabaseError } from '../database-error.js';
import { sqliteJsonRows, sqliteJsonTexts } from '../json-rows.js';
import { migrate } from '../migrations/migrate.js';
import { refuseMoved } from '../moving/moved-mark.js';
import type { Store } from '../store.js';
import type { Schema } from '../schema.js';
import { SqliteThreadDialect } from './sqlite-dialect.js';
import { SqliteThread } from './sqlite-thread.js';

/**
 * Opens the embedded database in a folder, made when it is missing, readable by its owner only, locked until closed.
 *
 * @throws HubError `store_locked` · `store_unusable`, also when its data was moved · `store_too_new`.
 */
export async function openSqliteStore(dataDirectory: string, now: () => Date): Promise<Store> {
  const directory = resolve(dataDirectory);
  const file = join(directory, 'anyforge.db');
  await prepareDataFolder(directory);
  await refuseMoved(directory);
  await orUnusable(directory, () => prepareFile(file));
  const thread = await SqliteThread.open(file).catch((error: unknown) => {
    throw explain(error, directory);
  });
  const database = new Kysely<Schema>({ dialect: new SqliteThreadDialect(thread) });
  try {
    await migrate(database, now);
  } catch (error) {
    await database.destroy();
    throw explain(error, directory);
  }
  return {
    database,
    shared: false,
    jsonRows: sqliteJsonRows,
    jsonTexts: sqliteJsonTexts,
    // One process has the file, so that its clock is everybody's.
    now: () => Promise.resolve(now().getTime()),
    // A transaction has the database to itself.
    lock: () => Promise.resolve(),
    failed: thread.failed,
    close: () => database.destroy(),
  };
}

/** The write-ahead log takes its permissions from the file. */
async function prepareFile(file: string): Promise<void> {
  try {
    const created = await open(file, 'wx', 0o600);
    await created.close();
  } catch (error) {
    // Never opened when it exists: closing it again would drop the lock that this process may hold on it.
    if (systemErrorCode(error) !== 'EEXIST') throw error;
    await makeOwnerOnly(file);
  }
}

function explain(error: unknown, directory: string): unknown {
  if (!(error instanceof DatabaseError)) return error;
  if (error.kind === 'locked') {
    return new HubError(
      'store_locked',
      `Another anyforge is running on the data folder ${directory}. Stop it, or give this one a folder of its own.`,
    );
  }
  return new HubError(
    'store_unusable',
    `The database in ${directory} can't be opened: ${error.message}. Restore a back-up, or give another folder.`,
  );
}
