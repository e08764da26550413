// @ts-check
/**
 * The thread that owns the database file: SQLite answers synchronously, and here that blocks nobody.
 *
 * Takes `{ id, sql, parameters }` and answers `{ id, rows, changes }` or `{ id, error }`, in order. `{ close: true }`
 * ends it. It is plain JavaScript so that a worker can start from the sources as well as from the build.
 */
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'libsql';

/** @typedef {{ readonly id: number, readonly sql: string, readonly parameters: readonly unknown[] }} Statement */
/** @typedef {{ readonly close: true }} Close */

const preparedAtMost = 200;

const port = parentPort;
if (port === null) throw new Error('This module runs in a worker thread only.');

/** @param {unknown} error */
function describe(error) {
  if (!(error instanceof Error)) return { code: 'UNKNOWN', message: String(error) };
  return { code: 'code' in error ? String(error.code) : error.name, message: error.message };
}

/** @param {string} file */
function open(file) {
  const database = new Database(file);
  // The order matters: exclusive before the first access, so that a second process is refused here and now.
  database.exec('PRAGMA busy_timeout = 0');
  database.exec('PRAGMA locking_mode = EXCLUSIVE');
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('BEGIN EXCLUSIVE');
  database.exec('COMMIT');
  database.exec('PRAGMA busy_timeout = 5000');
  database.exec('PRAGMA synchronous = FULL');
  database.exec('PRAGMA foreign_keys = ON');
  database.exec('PRAGMA temp_store = MEMORY');
  // 16 MB: with the usual 2 a transaction over long lists writes the same pages of their indexes over and over.
  database.exec('PRAGMA cache_size = -16384');
  return database;
}

/** @param {import('libsql').Database} database */
function createExecutor(database) {
  /** @type {Map<string, import('libsql').Statement>} */
  const prepared = new Map();

  /** The least recently used statement is forgotten first. @param {string} sql */
  function prepare(sql) {
    const known = prepared.get(sql);
    const statement = known ?? database.prepare(sql);
    prepared.delete(sql);
    prepared.set(sql, statement);
    const oldest = prepared.keys().next().value;
    if (prepared.size > preparedAtMost && oldest !== undefined) prepared.delete(oldest);
    return statement;
  }

  return {
    /** @param {string} sql @param {readonly unknown[]} parameters */
    execute(sql, parameters) {
      // After some failures, such as a full disk, SQLite has rolled back by itself: there is nothing left to do.
      if (sql === 'rollback' && !database.inTransaction) return { rows: [], changes: 0 };
      const statement = prepare(sql);
      // `all` and never `get`, which adds a property of its own to the row.
      if (statement.reader) return { rows: statement.all([...parameters]), changes: 0 };
      return { rows: [], changes: statement.run([...parameters]).changes };
    },
    close() {
      prepared.clear();
      database.close();
    },
  };
}

try {
  const executor = createExecutor(open(workerData.file));
  port.on('message', (/** @type {Statement | Close} */ message) => {
    if ('close' in message) {
      executor.close();
      port.close();
      return;
    }
    try {
      port.postMessage({ id: message.id, ...executor.execute(message.sql, message.parameters) });
    } catch (error) {
      port.postMessage({ id: message.id, error: describe(error) });
    }
  });
  port.postMessage({ ready: true });
} catch (error) {
  port.postMessage({ refused: describe(error) });
  port.close();
}
