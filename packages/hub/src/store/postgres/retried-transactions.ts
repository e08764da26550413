import { setTimeout } from 'node:timers/promises';
import type { Kysely, TransactionBuilder } from 'kysely';
import { HubError } from '../../errors.js';
import { DatabaseError } from '../database-error.js';

const attemptsAtMost = 10;
/** So that those who were in each other's way do not meet again at once: by chance, up to twice as long each time. */
const firstPauseMs = 50;
const longestPauseMs = 2_000;

/**
 * Runs transactions of this database anew when PostgreSQL has ended one of two that were in each other's way. So the
 * work of a transaction runs more than once: it does nothing but SQL, and what it returns is what counts.
 */
export function withRetriedTransactions<Tables>(database: Kysely<Tables>): Kysely<Tables> {
  const begin = database.transaction.bind(database);
  return Object.assign(database, { transaction: () => retried(begin()) });
}

function retried<Tables>(builder: TransactionBuilder<Tables>): TransactionBuilder<Tables> {
  const execute: typeof builder.execute = builder.execute.bind(builder);
  const setAccessMode = builder.setAccessMode.bind(builder);
  const setIsolationLevel = builder.setIsolationLevel.bind(builder);
  return Object.assign(builder, {
    execute: async <Result>(work: Parameters<typeof execute<Result>>[0]): Promise<Result> => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await execute(work);
        } catch (error) {
          if (!(error instanceof DatabaseError) || error.kind !== 'conflict') throw error;
          if (attempt === attemptsAtMost) throw tooBusy();
          const pauseMs = Math.min(firstPauseMs * 2 ** (attempt - 1), longestPauseMs);
          await setTimeout(Math.random() * pauseMs);
        }
      }
    },
    setAccessMode: (mode: Parameters<typeof setAccessMode>[0]) => retried(setAccessMode(mode)),
    setIsolationLevel: (level: Parameters<typeof setIsolationLevel>[0]) => retried(setIsolationLevel(level)),
  });
}

function tooBusy(): HubError {
  return new HubError(
    'store_failed',
    'Too much is being changed at the same time, and your change was not made. Try again in a moment.',
  );
}
