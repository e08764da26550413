import { emptyDatabase } from '@anyforge/hub/testing';

/** By data folder; they all go when the tests end. */
const databases = new Map<string, string>();

/**
 * The address of the database that belongs to a data folder: undefined for the one in it, else a PostgreSQL that is made
 * when it is first asked for. An empty folder gets its database with the tables in it.
 */
export async function testDatabaseUrl(dataDirectory: string): Promise<string | undefined> {
  const known = databases.get(dataDirectory);
  if (known !== undefined) return known;
  const made = await emptyDatabase(dataDirectory);
  if (made !== undefined) databases.set(dataDirectory, made.url);
  return made?.url;
}
