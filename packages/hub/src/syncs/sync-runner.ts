import { randomUUID } from 'node:crypto';
import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely';
import { Repeating } from '../repeating.js';
import type { Resources } from '../resources.js';
import type { Schema } from '../store/schema.js';
import { RunningAttempts } from './running-attempts.js';

/**
 * A process among those that synchronize on one database. What it runs is its own for as long as it is alive, and it is
 * alive for as long as it goes on saying so. Whoever was taken for dead by mistake does no harm: its attempts have lost
 * their right to write.
 */
export class SyncRunner {
  readonly #store: Resources['store'];
  readonly id = randomUUID();
  readonly running: RunningAttempts;
  /** How long it is taken for alive, in milliseconds of the store's clock, after it has said so. */
  readonly aliveForMs: number;
  /** Apart from all other work: whatever holds that up, this process is alive. */
  readonly #signs: Repeating;

  constructor({ store, clock, logger }: Pick<Resources, 'store' | 'clock' | 'logger'>, aliveForMs: number) {
    this.#store = store;
    this.running = new RunningAttempts(store);
    this.aliveForMs = aliveForMs;
    // Often enough that it stays alive when one comes late.
    const everyMs = aliveForMs / 3;
    const failure = 'Other processes could not be told that this one is alive.';
    this.#signs = new Repeating({ clock, logger, everyMs, failure }, () => this.#sayAlive());
  }

  /** Says that this process is alive, and where there may be others goes on saying so until it leaves. */
  async stayAlive(): Promise<void> {
    await this.#sayAlive();
    if (this.#store.shared) this.#signs.start();
  }

  /** What it still runs is for others at once. Where the database is lost, they find out by themselves. */
  async leave(): Promise<void> {
    await this.#signs.close();
    await this.#store.database
      .deleteFrom('sync_runners')
      .where('id', '=', this.id)
      .execute()
      .catch(() => undefined);
  }

  /** Forgets those that have been dead for long, too. */
  async #sayAlive(): Promise<void> {
    const { database, shared } = this.#store;
    const now = await this.#store.now();
    const alive = { id: this.id, alive_until: now + this.aliveForMs };
    await database
      .insertInto('sync_runners')
      .values(alive)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(alive))
      .execute();
    await database
      .deleteFrom('sync_runners')
      .where('id', '!=', this.id)
      // Where there can be no other process, every other one is dead.
      .$if(shared, (query) => query.where('alive_until', '<', now))
      .execute();
  }
}

/** Whether nobody runs a task that is running. @param now By the clock of the store. */
export function isOrphaned(
  expression: ExpressionBuilder<Schema, 'sync_tasks'>,
  now: number,
): ExpressionWrapper<Schema, 'sync_tasks', SqlBool> {
  return expression.not(
    expression.exists(
      expression
        .selectFrom('sync_runners')
        .select('sync_runners.id')
        .whereRef('sync_runners.id', '=', 'sync_tasks.runner_id')
        .where('sync_runners.alive_until', '>', now),
    ),
  );
}
