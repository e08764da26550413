import type { Kysely } from 'kysely';
import type { Schema } from '../schema.js';

/** One step forward, in one transaction. There is no way back: a back-up is. */
export interface Migration {
  readonly id: number;
  readonly name: string;
  /** Uses the schema builder and raw SQL only: the typed tables are those of the newest step. */
  readonly up: (database: Kysely<Schema>) => Promise<void>;
}
