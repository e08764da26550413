import type {
  CompiledQuery,
  DatabaseConnection,
  DatabaseIntrospector,
  Dialect,
  DialectAdapter,
  Driver,
  Kysely,
  QueryCompiler,
  QueryResult,
  SelectModifierNode,
} from 'kysely';
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { Mutex } from '../mutex.js';
import { storableParameters } from '../text.js';
import type { SqliteThread } from './sqlite-thread.js';

/** Kysely over a {@link SqliteThread}: one connection, which a transaction holds from begin to end. */
export class SqliteThreadDialect implements Dialect {
  readonly #thread: SqliteThread;

  constructor(thread: SqliteThread) {
    this.#thread = thread;
  }

  createDriver(): Driver {
    return new SqliteThreadDriver(this.#thread);
  }

  createQueryCompiler(): QueryCompiler {
    return new LocklessSqliteCompiler();
  }

  createAdapter(): DialectAdapter {
    return new SqliteAdapter();
  }

  createIntrospector<Schema>(database: Kysely<Schema>): DatabaseIntrospector {
    return new SqliteIntrospector(database);
  }
}

const rowLocks = new Set<SelectModifierNode['modifier']>([
  'ForUpdate',
  'ForNoKeyUpdate',
  'ForShare',
  'ForKeyShare',
  'NoWait',
  'SkipLocked',
]);

/** Leaves row locks out, which SQLite has no words for and no need of: a transaction has the database to itself. */
class LocklessSqliteCompiler extends SqliteQueryCompiler {
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (!rowLocks.has(node.modifier)) super.visitSelectModifier(node);
  }
}

class SqliteThreadDriver implements Driver {
  readonly #thread: SqliteThread;
  readonly #connection: DatabaseConnection;
  readonly #mutex = new Mutex();

  constructor(thread: SqliteThread) {
    this.#thread = thread;
    this.#connection = new SqliteThreadConnection(thread);
  }

  init(): Promise<void> {
    return Promise.resolve();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    await this.#mutex.acquire();
    return this.#connection;
  }

  async beginTransaction(): Promise<void> {
    await this.#thread.execute('begin immediate', []);
  }

  async commitTransaction(): Promise<void> {
    await this.#thread.execute('commit', []);
  }

  async rollbackTransaction(): Promise<void> {
    await this.#thread.execute('rollback', []);
  }

  releaseConnection(): Promise<void> {
    this.#mutex.release();
    return Promise.resolve();
  }

  /** Waits for a transaction that is under way. */
  async destroy(): Promise<void> {
    await this.#mutex.acquire();
    await this.#thread.close();
    this.#mutex.release();
  }
}

class SqliteThreadConnection implements DatabaseConnection {
  readonly #thread: SqliteThread;

  constructor(thread: SqliteThread) {
    this.#thread = thread;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, changes } = await this.#thread.execute(query.sql, storableParameters(query.parameters));
    // The one place where rows get their type: the schema's, which the migrations keep true.
    return { rows: rows as Row[], numAffectedRows: BigInt(changes) };
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('Rows are read in pages here, never as a stream.');
  }
}
