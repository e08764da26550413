import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openPostgresStore } from '../store/postgres/open-postgres-store.js';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.js';
import type { Store } from '../store/store.js';
import type { EmptyDatabase } from './empty-database.js';
import { emptyDatabase } from './empty-database.js';
import type { TestClock } from './test-clock.js';

/** By data folder. Their folder removed, they are dropped when the next one is made. */
const databases = new Map<string, EmptyDatabase>();

/** Hidden: a data folder with anything else in it is refused. */
const fileIn = (dataDirectory: string) => join(dataDirectory, '.test-database');

/** The PostgreSQL that belongs to a data folder, in any process; undefined where there is none. */
export async function knownDatabase(dataDirectory: string): Promise<{ readonly url: string } | undefined> {
  const url = await readFile(fileIn(dataDirectory), 'utf8').catch(() => undefined);
  return url === undefined ? undefined : { url };
}

/** The same; what a folder lacks, of either database, is made when it is first asked for. */
export async function databaseOf(dataDirectory: string): Promise<{ readonly url: string } | undefined> {
  const known = await knownDatabase(dataDirectory);
  if (known !== undefined) return known;
  await dropAbandoned();
  const made = await emptyDatabase(dataDirectory);
  if (made === undefined) return undefined;
  databases.set(dataDirectory, made);
  await writeFile(fileIn(dataDirectory), made.url);
  return made;
}

async function dropAbandoned(): Promise<void> {
  for (const [folder, database] of databases) {
    const stands = await access(folder).then(
      () => true,
      () => false,
    );
    if (stands) continue;
    databases.delete(folder);
    await database.drop();
  }
}

/** Opens the store of a data folder on the database of this project. Its clock is the test's on each of them. */
export async function openTestStore(dataDirectory: string, clock: TestClock): Promise<Store> {
  const now = () => clock.now();
  const database = await databaseOf(dataDirectory);
  if (database === undefined) return openSqliteStore(dataDirectory, now);
  const store = await openPostgresStore(database.url, now);
  return { ...store, now: () => Promise.resolve(now().getTime()) };
}
