import type {
  ColumnDefinitionNode,
  CompiledQuery,
  DatabaseConnection,
  DatabaseIntrospector,
  Dialect,
  DialectAdapter,
  Driver,
  Kysely,
  QueryCompiler,
  QueryResult,
  TransactionSettings,
} from 'kysely';
import { DataTypeNode, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, RawNode } from 'kysely';
import type pg from 'pg';
import { storableParameters } from '../text.js';
import { translate } from './postgres-errors.js';

/** Kysely over a pool of connections. */
export class PooledPostgresDialect implements Dialect {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  createDriver(): Driver {
    return new PooledPostgresDriver(this.#pool);
  }

  createQueryCompiler(): QueryCompiler {
    return new ByteOrderCompiler();
  }

  createAdapter(): DialectAdapter {
    return new PostgresAdapter();
  }

  createIntrospector<Schema>(database: Kysely<Schema>): DatabaseIntrospector {
    return new PostgresIntrospector(database);
  }
}

/**
 * Every column of text is compared and sorted by its bytes, as SQLite does it: an order by language differs from one
 * server to the next, and a cursor made with one would skip rows on another.
 */
class ByteOrderCompiler extends PostgresQueryCompiler {
  protected override visitColumnDefinition(node: ColumnDefinitionNode): void {
    const { dataType } = node;
    const isText = DataTypeNode.is(dataType) && dataType.dataType === 'text';
    super.visitColumnDefinition(
      isText ? { ...node, dataType: RawNode.createWithSql('text collate "C"') } : node,
    );
  }
}

class PooledPostgresDriver implements Driver {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  init(): Promise<void> {
    return Promise.resolve();
  }

  async acquireConnection(): Promise<PostgresConnection> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw translate(error).error;
    });
    return new PostgresConnection(client);
  }

  async beginTransaction(connection: PostgresConnection, settings: TransactionSettings): Promise<void> {
    const { isolationLevel, accessMode } = settings;
    const modes = [
      ...(isolationLevel === undefined ? [] : [`isolation level ${isolationLevel}`]),
      ...(accessMode === undefined ? [] : [accessMode]),
    ];
    await connection.execute(`begin ${modes.join(', ')}`);
  }

  async commitTransaction(connection: PostgresConnection): Promise<void> {
    await connection.execute('commit');
  }

  async rollbackTransaction(connection: PostgresConnection): Promise<void> {
    // A connection that is lost has rolled back, and its loss is what whoever waits is to hear of.
    if (!connection.lost) await connection.execute('rollback');
  }

  releaseConnection(connection: PostgresConnection): Promise<void> {
    connection.release();
    return Promise.resolve();
  }

  /** Waits for the transactions that are under way. */
  async destroy(): Promise<void> {
    await this.#pool.end();
  }
}

const changing = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

class PostgresConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient;
  #failure: Error | undefined;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  get lost(): boolean {
    return this.#failure !== undefined;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return this.execute<Row>(query.sql, storableParameters(query.parameters));
  }

  async execute<Row>(sql: string, parameters?: readonly unknown[]): Promise<QueryResult<Row>> {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      const result = await this.#client.query<object>(
        sql,
        parameters === undefined ? undefined : [...parameters],
      );
      return {
        // The one place where rows get their type: the schema's, which the migrations keep true.
        rows: result.rows as Row[],
        ...(changing.has(result.command) && { numAffectedRows: BigInt(result.rowCount ?? 0) }),
      };
    } catch (cause) {
      const { error, lost } = translate(cause);
      if (lost) this.#failure = error;
      throw error;
    }
  }

  release(): void {
    this.#client.release(this.lost);
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('Rows are read in pages here, never as a stream.');
  }
}
