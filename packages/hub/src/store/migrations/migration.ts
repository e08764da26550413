import type { Kysely } from 'kysely';
import type { Schema } from '../schema.js';

/** One step forward, in one transaction. There is no way back: a back-up is. */
export interface Migration {
  readonly id: number;
  readonly name: string;
  /**
   * Uses the schema builder and raw SQL only: the typed tables are those of the newest step. What runs on both databases
   * knows `text`, `integer` and `bigint`; the builder's `text` is compared by its bytes on both.
   */
  readonly up: (database: Kysely<Schema>) => Promise<void>;
}
