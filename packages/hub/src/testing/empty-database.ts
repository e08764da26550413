import { constants } from 'node:fs';
import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { dropTestDatabase, newTestDatabase } from '@anyforge/test-postgres';
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

/** A PostgreSQL of this run. */
export interface EmptyDatabase {
  readonly url: string;
  /** Removes it before the run's end, whoever is connected. */
  drop(): Promise<void>;
}

/**
 * Makes the database of an empty data folder, with its tables and nothing in them, as a copy: to make the tables takes
 * longer than most tests.
 *
 * @returns a PostgreSQL; undefined where the database is a file in the data folder.
 */
export async function emptyDatabase(dataDirectory: string): Promise<EmptyDatabase | undefined> {
  if (globalThis.testDatabase === 'postgres') {
    const run = given('ANYFORGE_TEST_POSTGRES');
    const url = await newTestDatabase(run, template);
    return { url, drop: () => dropTestDatabase(run, url) };
  }
  // A folder that is still to be made, or in which there is something, is left to what the test does with it.
  if (globalThis.testDatabase === 'sqlite' && (await isEmptyFolder(dataDirectory))) {
    const original = join(given('ANYFORGE_TEST_SQLITE'), 'anyforge.db');
    await copyFile(original, join(dataDirectory, 'anyforge.db'), constants.COPYFILE_EXCL);
  }
  return undefined;
}

async function isEmptyFolder(path: string): Promise<boolean> {
  return (await readdir(path).catch(() => undefined))?.length === 0;
}

/** What the set-up of the tests has told every process in which they run. */
function given(name: 'ANYFORGE_TEST_POSTGRES' | 'ANYFORGE_TEST_SQLITE'): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`The tests have been started without ${name}.`);
  return value;
}
