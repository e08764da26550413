import { randomUUID } from 'node:crypto';
import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { sql } from 'kysely';
import { HubError } from '../../errors.js';
import { readDatabaseUrl } from '../postgres/database-url.js';
import { openPostgresStore } from '../postgres/open-postgres-store.js';
import { openSqliteStore } from '../sqlite/open-sqlite-store.js';
import type { Queries, Store } from '../store.js';
import { markMoved } from './moved-mark.js';
import type { MovedTable } from './moved-tables.js';
import { leftTables, movedTables } from './moved-tables.js';
import { readEmbedded, readPostgres } from './read-rows.js';
import type { PlainRow } from './table-sum.js';
import { TableSum } from './table-sum.js';

/** In `meta` of both databases: which move has brought the data there. */
const moveKey = 'moved_as';

export interface MoveOptions {
  /** Holds the embedded database, which no server may have open. */
  readonly dataDirectory: string;
  /** A PostgreSQL without any data of anyforge. */
  readonly database: { readonly url: string };
  readonly now: () => Date;
  /** Told of each table when it has been copied and compared. */
  readonly onTable?: ((table: MovedRows) => void) | undefined;
}

/** A table as it is in both databases. */
export interface MovedRows {
  readonly table: string;
  readonly rows: number;
  /** Of all that is in it: 16 hexadecimal digits. */
  readonly checksum: string;
}

export interface MovedStore {
  readonly tables: readonly MovedRows[];
  /** Where it is now: host, port and name of the database. */
  readonly shown: string;
  /** The file that keeps servers from starting on the data folder. */
  readonly mark: string;
}

/**
 * Moves everything from the embedded database to a PostgreSQL, in one transaction there: when it is interrupted, nothing
 * has come of it, and it can be done again. All is compared before it counts. Stored secrets stay as they are, and open
 * with the same encryption key. The embedded database is brought up to date, told the name of the move, and marked as
 * moved; the data in it stays as it is.
 *
 * @throws HubError `store_locked` while a server runs on the folder; `store_unusable` when there is nothing to move, when
 * it was moved before, or when the other database holds data already; `store_failed`, in words of its own when only the
 * mark is missing; `store_full`.
 */
export async function moveToPostgres(options: MoveOptions): Promise<MovedStore> {
  const { dataDirectory, database, now } = options;
  const directory = resolve(dataDirectory);
  await demandDatabase(directory);
  const { shown } = await readDatabaseUrl(database.url);
  const source = await openSqliteStore(directory, now);
  try {
    const target = await openPostgresStore(database.url, now);
    try {
      const tables = await moveWhole(source, target, shown, options);
      // At once: until it is there, a server may be started on the folder by mistake.
      const mark = await markMoved(directory, shown, now());
      await analyze(target.database);
      return { tables, shown, mark };
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** Before one is made by opening it. */
async function demandDatabase(directory: string): Promise<void> {
  const file = join(directory, 'anyforge.db');
  await access(file).catch(() => {
    throw new HubError(
      'store_unusable',
      `There is no embedded database to be moved: ${file} can't be found. Give the data folder of the server.`,
    );
  });
}

async function moveWhole(
  source: Store,
  target: Store,
  shown: string,
  { onTable }: MoveOptions,
): Promise<readonly MovedRows[]> {
  const moveId = await nameMove(source.database);
  return target.database.transaction().execute(async (transaction) => {
    await takeForItself(transaction);
    const isMoved = await wasMovedAs(transaction, moveId);
    if (!isMoved) await demandEmpty(transaction, shown);
    const tables: MovedRows[] = [];
    for (const table of movedTables) {
      const read = await readSource(source.database, table, isMoved ? undefined : transaction);
      const found = await sumUp(readPostgres(transaction, table));
      if (read.checksum !== found.checksum || read.rows !== found.rows) {
        throw isMoved ? movedBefore(shown) : differing(table);
      }
      const moved = { table, rows: read.rows, checksum: read.checksum };
      onTable?.(moved);
      tables.push(moved);
    }
    return tables;
  });
}

/** The name stays with the data, so that the same move can be told from another when it is asked for again. */
async function nameMove(database: Queries): Promise<string> {
  const { value } = await database
    .insertInto('meta')
    .values({ key: moveKey, value: randomUUID() })
    // A change that changes nothing, to be told what stands there.
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet((expression) => ({ value: expression.ref('meta.value') })),
    )
    .returning('value')
    .executeTakeFirstOrThrow();
  return value;
}

/** A server that is started meanwhile waits. Whoever copies may take longer than servers, but not for ever. */
async function takeForItself(transaction: Queries): Promise<void> {
  await sql`set local statement_timeout = 0`.execute(transaction);
  await sql`set local idle_in_transaction_session_timeout = '10min'`.execute(transaction);
  const tables = [...movedTables, ...leftTables].map((table) => sql.table(table));
  await sql`lock table ${sql.join(tables)} in access exclusive mode`.execute(transaction);
}

async function wasMovedAs(transaction: Queries, moveId: string): Promise<boolean> {
  const row = await transaction
    .selectFrom('meta')
    .select('value')
    .where('key', '=', moveKey)
    .executeTakeFirst();
  return row?.value === moveId;
}

async function demandEmpty(transaction: Queries, shown: string): Promise<void> {
  for (const table of movedTables) {
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(transaction);
    if (rows.length === 0) continue;
    throw new HubError(
      'store_unusable',
      `The PostgreSQL at ${shown} holds data of anyforge already, and nothing was changed. Give a database in which no server was started yet: create one, or drop that one when nobody needs it.`,
    );
  }
}

/** @param into copies it there as well */
async function readSource(source: Queries, table: MovedTable, into: Queries | undefined): Promise<TableSum> {
  const sum = new TableSum();
  for await (const rows of readEmbedded(source, table)) {
    for (const row of rows) sum.add(row);
    if (into !== undefined) await insert(into, table, rows);
  }
  return sum;
}

async function sumUp(batches: AsyncIterable<readonly PlainRow[]>): Promise<TableSum> {
  const sum = new TableSum();
  for await (const rows of batches) for (const row of rows) sum.add(row);
  return sum;
}

async function insert(transaction: Queries, table: MovedTable, rows: readonly PlainRow[]): Promise<void> {
  const columns = sql.join(Object.keys(rows[0] ?? {}).map((column) => sql.ref(column)));
  await sql`insert into ${sql.table(table)} (${columns}) select ${columns}
    from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`.execute(
    transaction,
  );
}

/** So that the first queries are planned well. Where it fails, PostgreSQL does it by itself before long. */
async function analyze(database: Queries): Promise<void> {
  try {
    for (const table of movedTables) await sql`analyze ${sql.table(table)}`.execute(database);
  } catch {
    // The move is done.
  }
}

function differing(table: MovedTable): HubError {
  return new HubError(
    'store_failed',
    `What has arrived of the table ${table} is not what was sent, and nothing was changed. Try again, and report it when it happens again.`,
  );
}

function movedBefore(shown: string): HubError {
  return new HubError(
    'store_unusable',
    `The data of this folder was moved to the PostgreSQL at ${shown} before, and one of the two has changed since. Decide which one is to be gone on with; to move this one again, give an empty database.`,
  );
}
