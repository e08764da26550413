import type { Db } from 'pg-boss';
import { PgBoss } from 'pg-boss';
import pg from 'pg';
import type { PostgresListener } from './postgres-listener.js';
import { translate } from './postgres-errors.js';

/** A schema of our own, so that another program's pg-boss in the same database keeps its version. */
export const jobSchema = 'anyforge_jobs';

/** The one queue. A task has one job that is ready, however often it is added. */
export const jobQueueName = 'sync-tasks';

/**
 * A job says that a task is ready, and is deleted by whoever picks it up. So none lives for long while it is active: one
 * that does was picked up by a process that died just then, and the store knows the task.
 */
const queueOptions = {
  policy: 'short',
  notify: true,
  retryLimit: 0,
  expireInSeconds: 60,
  deleteAfterSeconds: 60,
} as const;

interface Statements {
  query(statement: pg.QueryConfig): Promise<pg.QueryResult>;
}

/** Where pg-boss keeps its jobs, and hears of them. */
export type JobDatabase = Db & Required<Pick<Db, 'listen'>>;

/** How pg-boss reaches the database: on connections that the others use as well, with the values that it expects. */
export function jobDatabase(pool: pg.Pool, listener: PostgresListener): JobDatabase {
  return {
    executeSql: statementsOn(pool),
    listen: (channel, heard, arriving) => {
      const stop = listener.listen(channel, { heard, arriving });
      const close = (): Promise<void> => {
        stop();
        return Promise.resolve();
      };
      return Promise.resolve({ close });
    },
  };
}

function statementsOn(statements: Statements): Db['executeSql'] {
  return async (text, values = []) => {
    try {
      return await statements.query({ text, values, types: pg.types });
    } catch (error) {
      throw translate(error).error;
    }
  };
}

/** Brings the tables of pg-boss to what its version expects, and makes the queue. One process at a time. */
export async function prepareJobTables(client: pg.PoolClient): Promise<void> {
  const lock = `hashtextextended('anyforge job tables', 0)`;
  try {
    await client.query(`select pg_advisory_lock(${lock})`);
    await prepareAlone(client);
    await client.query(`select pg_advisory_unlock(${lock})`);
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function prepareAlone(client: pg.PoolClient): Promise<void> {
  const schema = await client.query('select 1 from pg_namespace where nspname = $1', [jobSchema]);
  const boss = new PgBoss({
    db: { executeSql: statementsOn(client) },
    schema: jobSchema,
    // Whoever may not make one can be given it beforehand.
    createSchema: schema.rows.length === 0,
    supervise: false,
    schedule: false,
  });
  // What it does in the background is left to the next start.
  boss.on('error', () => undefined);
  try {
    await boss.start();
    if ((await boss.getQueue(jobQueueName)) === null) await boss.createQueue(jobQueueName, queueOptions);
  } finally {
    await boss.stop({ graceful: false, close: false });
  }
}
