import type { Kysely } from 'kysely';
import type { Schema } from './schema.js';
import type { Queries } from './store.js';

/** Reads the database as it is at one moment, however many statements that takes. Nothing is locked, nothing written. */
export function inOneSnapshot<Result>(
  database: Kysely<Schema>,
  read: (snapshot: Queries) => Promise<Result>,
): Promise<Result> {
  return database.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read);
}
