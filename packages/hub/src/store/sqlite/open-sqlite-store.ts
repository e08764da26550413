import { mkdir, open, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Kysely } from 'kysely';
import { HubError } from '../../errors.js';
import { makeOwnerOnly } from '../../owner-only.js';
import { systemErrorCode } from '../../system-error.js';
import { DatabaseError } from '../database-error.js';
import { sqliteJsonRows } from '../json-rows.js';
import { migrate } from '../migrations/migrate.js';
import type { Store } from '../store.js';
import type { Schema } from '../schema.js';
import { SqliteThreadDialect } from './sqlite-dialect.js';
import { SqliteThread } from './sqlite-thread.js';

/**
 * Opens the embedded database in a folder, made when it is missing, readable by its owner only, locked until closed.
 *
 * @throws HubError `store_locked` · `store_unusable` · `store_too_new`.
 */
export async function openSqliteStore(dataDirectory: string, now: () => Date): Promise<Store> {
  const directory = resolve(dataDirectory);
  const file = join(directory, 'anyforge.db');
  await prepareFile(directory, file).catch((error: unknown) => {
    throw new HubError(
      'store_unusable',
      `The data folder ${directory} can't be used (${reasonOf(error)}). Give a folder of its own, that this user may create, write and keep from others.`,
    );
  });
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
    // One process has the file, so that its clock is everybody's.
    now: () => Promise.resolve(now().getTime()),
    // A transaction has the database to itself.
    lock: () => Promise.resolve(),
    failed: thread.failed,
    close: () => database.destroy(),
  };
}

function reasonOf(error: unknown): string {
  return systemErrorCode(error) ?? (error instanceof Error ? error.message : 'unknown reason');
}

/** The write-ahead log takes its permissions from the file. */
async function prepareFile(directory: string, file: string): Promise<void> {
  const created = await mkdir(directory, { recursive: true, mode: 0o700 });
  if (created === undefined && !(await isOurs(directory)))
    throw new Error('it holds files that are not of anyforge');
  await makeOwnerOnly(directory);
  try {
    const created = await open(file, 'wx', 0o600);
    await created.close();
  } catch (error) {
    // Never opened when it exists: closing it again would drop the lock that this process may hold on it.
    if (systemErrorCode(error) !== 'EEXIST') throw error;
    await makeOwnerOnly(file);
  }
}

/** A folder that somebody else keeps things in is not ours to close to others. A new volume has `lost+found`. */
async function isOurs(directory: string): Promise<boolean> {
  const names = await readdir(directory);
  return (
    names.includes('anyforge.db') || names.every((name) => /^(encryption\.key|lost\+found$|\.)/.test(name))
  );
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
