import { newTestDatabase } from '@anyforge/test-postgres';

declare global {
  /** On which database this project of Jest's runs. */
  var testDatabase: 'sqlite' | 'postgres' | undefined;
}

/** By data folder; they all go when the tests end. */
const databases = new Map<string, string>();

/**
 * The address of the database that belongs to a data folder: undefined for the one in it, else a PostgreSQL that is made
 * when it is first asked for.
 */
export async function testDatabaseUrl(dataDirectory: string): Promise<string | undefined> {
  if (globalThis.testDatabase !== 'postgres') return undefined;
  const known = databases.get(dataDirectory);
  if (known !== undefined) return known;
  const run = process.env['ANYFORGE_TEST_POSTGRES'];
  if (run === undefined) throw new Error('The tests on PostgreSQL have been started without one.');
  const url = await newTestDatabase(run);
  databases.set(dataDirectory, url);
  return url;
}
