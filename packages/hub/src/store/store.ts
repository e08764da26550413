import type { AliasableExpression, Expression, Kysely } from 'kysely';
import type { JsonRows } from './json-rows.js';
import type { Messages } from './messages.js';
import type { JobDatabase } from './postgres/job-tables.js';
import type { Schema } from './schema.js';

/** What every part of the hub reads and writes through. Every dialect provides the same. */
export interface Store {
  readonly database: Kysely<Schema>;
  /** Whether other processes may have the database open too. */
  readonly shared: boolean;
  readonly jsonRows: JsonRows;
  /** The texts of a column that holds a JSON array of them, to join with the row that holds it. */
  readonly jsonTexts: (column: Expression<string>) => AliasableExpression<{ readonly value: string }>;
  /**
   * The time in epoch milliseconds by the clock that every process on this database shares. Leases and limits, which
   * one process sets and another reads, are measured by it. What is good for longer (sessions, API tokens, links, a
   * single sign-on under way) goes by the clock of each process, and ends as much early or late as their clocks differ.
   * Asked before a transaction, never within: it may take a connection of its own.
   */
  now(): Promise<number>;
  /**
   * Waits until nobody else holds this name, and holds it until the transaction ends. For what no row stands for yet;
   * taken after the rows that the transaction locks.
   *
   * @param options.shared Beside others who hold it so, and not beside one who holds it alone.
   */
  lock(transaction: Queries, name: string, options?: { readonly shared?: boolean }): Promise<void>;
  /** How the processes on the database reach each other. Absent where there is one alone. */
  readonly messages?: Messages | undefined;
  /** Where pg-boss keeps its jobs. Absent where one process alone has the database. */
  readonly jobs?: JobDatabase | undefined;
  /** Resolves when the database is lost and every statement will fail; never rejects. */
  readonly failed: Promise<Error>;
  /** Waits for the transaction under way, then lets go of the database. */
  close(): Promise<void>;
}

/** What a query needs: the database itself, or a transaction in it. */
export type Queries = Kysely<Schema>;
