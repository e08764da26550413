import { Kysely, sql } from 'kysely';
import pg from 'pg';
import { HubError } from '../../errors.js';
import { postgresJsonRows, postgresJsonTexts } from '../json-rows.js';
import { migrate } from '../migrations/migrate.js';
import type { Schema } from '../schema.js';
import type { Queries, Store } from '../store.js';
import type { PostgresAddress } from './database-url.js';
import { readDatabaseUrl } from './database-url.js';
import { explainOpening } from './explain-opening.js';
import { jobDatabase, prepareJobTables } from './job-tables.js';
import { PooledPostgresDialect } from './postgres-dialect.js';
import { PostgresListener } from './postgres-listener.js';
import { parseAsSqlite } from './postgres-types.js';
import { withRetriedTransactions } from './retried-transactions.js';

const oldestVersion = 14;

const connectionsAtMost = 20;
/** For a connection that is free as well as for a new one: longer than a burst of callers keeps all of them busy. */
const connectTimeoutMs = 30_000;
const statementTimeoutMs = 60_000;
const lockTimeoutMs = 15_000;
/** Shorter than the wait for a lock: a process that stands still fails nobody who waits for what it has locked. */
const idleInTransactionTimeoutMs = 5_000;
/** After the server should have given up by itself: then nobody answers at the other end any more. */
const silenceMs = statementTimeoutMs + 5_000;

/**
 * By statements, because a connection pooler between us may refuse them as parameters of the connection. A process
 * that stands still in a transaction loses it, and with it the locks that others wait for.
 */
const preparation = [
  `set statement_timeout = ${String(statementTimeoutMs)}`,
  `set lock_timeout = ${String(lockTimeoutMs)}`,
  `set idle_in_transaction_session_timeout = ${String(idleInTransactionTimeoutMs)}`,
].join('; ');

/**
 * Opens a database on a PostgreSQL that other processes may have open too. A connection that is lost fails the
 * statements on it with `store_failed`; later ones get a new one, so that the store itself never fails for good.
 *
 * @param url `postgresql://USER:PASSWORD@HOST:PORT/DATABASE`, with `sslmode` and the like.
 * @param now Says when a migration was applied.
 * @throws HubError `store_unusable` · `store_too_new`.
 */
export async function openPostgresStore(url: string, now: () => Date): Promise<Store> {
  const address = await readDatabaseUrl(url);
  const pool = createPool(address, preparation, { query_timeout: silenceMs });
  const database = withRetriedTransactions(onPool(pool));
  const listener = new PostgresListener(address);
  const tell = async (): Promise<number> => {
    const { rows } = await sql<{ readonly now: number }>`
      select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now`.execute(database);
    return rows[0]?.now ?? Number.NaN;
  };
  try {
    await checkServer(address);
    await migrateAlone(address, now);
    await tell();
  } catch (error) {
    await database.destroy();
    throw explainOpening(error, address.shown);
  }
  return {
    database,
    shared: true,
    jsonRows: postgresJsonRows,
    jsonTexts: postgresJsonTexts,
    now: tell,
    lock,
    messages: {
      get arriving() {
        return listener.arriving;
      },
      send: async (channel, text) => {
        await sql`select pg_notify(${channel}, ${text})`.execute(database);
      },
      listen: (channel, heard) => listener.listen(channel, heard),
    },
    jobs: jobDatabase(pool, listener),
    failed: new Promise(() => undefined),
    close: async () => {
      await listener.close();
      await database.destroy();
    },
  };
}

function onPool(pool: pg.Pool): Kysely<Schema> {
  return new Kysely<Schema>({ dialect: new PooledPostgresDialect(pool) });
}

/** @param preparation Statements for every new connection, whoever is the first to use it. */
function createPool(
  { connectionString, ssl }: PostgresAddress,
  preparation: string,
  options: pg.PoolConfig,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    ssl,
    types: parseAsSqlite,
    application_name: 'anyforge',
    keepAlive: true,
    max: connectionsAtMost,
    connectionTimeoutMillis: connectTimeoutMs,
    verify: (client, done) => {
      client.query(preparation).then(() => {
        done();
      }, done);
    },
    ...options,
  });
  // Told to whoever uses the connection next; unheard, either event would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

async function checkServer({ connectionString, ssl, shown }: PostgresAddress): Promise<void> {
  const client = new pg.Client({ connectionString, ssl, connectionTimeoutMillis: connectTimeoutMs });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ version: string; encoding: string; standby: boolean }>(
      `select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding,
         pg_is_in_recovery() as standby`,
    );
    for (const { version, encoding, standby } of rows) {
      const wrong = [
        ...(Number(version) < oldestVersion * 10_000
          ? [`is too old. Use PostgreSQL ${String(oldestVersion)} or newer`]
          : []),
        ...(encoding === 'UTF8' ? [] : [`keeps text as ${encoding}. Use a database with the encoding UTF8`]),
        ...(standby ? ['is a copy that can only be read. Give the address of the one that is written'] : []),
      ];
      if (wrong[0] !== undefined) {
        throw new HubError('store_unusable', `The PostgreSQL at ${shown} ${wrong[0]}.`);
      }
    }
  } finally {
    await client.end();
  }
}

/** On a connection without time limits: another process that migrates now is waited for. */
async function migrateAlone(address: PostgresAddress, now: () => Date): Promise<void> {
  const pool = createPool(address, 'set statement_timeout = 0; set lock_timeout = 0', { max: 1 });
  const database = onPool(pool);
  try {
    await migrate(database, now, (transaction) => lock(transaction, 'migrations'));
    await prepareJobTables(await pool.connect());
  } finally {
    await database.destroy();
  }
}

async function lock(transaction: Queries, name: string, { shared = false } = {}): Promise<void> {
  const take = sql.raw(shared ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock');
  await sql`select ${take}(hashtextextended(${`anyforge ${name}`}, 0))`.execute(transaction);
}
