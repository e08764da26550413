import { constants } from 'node:fs';
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { newTestDatabase } from '@anyforge/test-postgres';
import { openPostgresStore } from '../store/postgres/open-postgres-store.js';

declare global {
  /** On which database this project of Jest's runs. */
  var testDatabase: 'sqlite' | 'postgres' | undefined;
}

const template = {
  name: 'hub',
  prepare: async (url: string): Promise<void> => {
    await (await openPostgresStore(url, () => new Date(0))).close();
  },
};

/**
 * Makes a database that has its tables and nothing in them, as a copy: to make the tables takes longer than most tests.
 *
 * @returns the address of a PostgreSQL; undefined where the database is the file that is now in the data folder.
 */
export async function emptyDatabase(dataDirectory: string): Promise<{ readonly url: string } | undefined> {
  if (globalThis.testDatabase === 'postgres') {
    return { url: await newTestDatabase(given('ANYFORGE_TEST_POSTGRES'), template) };
  }
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
  // What is in a folder already says what the database in it is to be.
  if ((await readdir(dataDirectory)).length > 0) return undefined;
  const original = join(given('ANYFORGE_TEST_SQLITE'), 'anyforge.db');
  await copyFile(original, join(dataDirectory, 'anyforge.db'), constants.COPYFILE_EXCL);
  return undefined;
}

/** What the set-up of the tests has told every process in which they run. */
function given(name: 'ANYFORGE_TEST_POSTGRES' | 'ANYFORGE_TEST_SQLITE'): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`The tests have been started without ${name}.`);
  return value;
}
