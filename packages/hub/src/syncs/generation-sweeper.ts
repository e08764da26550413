import { describeFault } from '../describe-fault.js';
import type { Resources } from '../resources.js';
import { openStates } from './sync-view.js';

const batchSize = 1000;

/**
 * Deletes generations that no connection shows or is compared with, and no open task writes, in batches that leave others their turn.
 * A generation that nothing refers to is never referred to again, so it can't be taken up meanwhile.
 */
export class GenerationSweeper {
  readonly #resources: Resources;
  #sweeping: Promise<void> | undefined;
  #again = false;
  #closed = false;

  constructor(resources: Resources) {
    this.#resources = resources;
  }

  /** Resolves when everything is swept that nothing refers to now. */
  async sweep(): Promise<void> {
    this.#again = true;
    this.#sweeping ??= this.#run().finally(() => {
      this.#sweeping = undefined;
    });
    await this.#sweeping;
  }

  /** For when nobody waits: what one sweep leaves undone, the next one does. */
  sweepInBackground(): void {
    this.sweep().catch((error: unknown) => {
      this.#resources.logger.warn({ error: describeFault(error) }, 'Old permissions could not be swept.');
    });
  }

  /** Stops after the batch under way; the rest is for the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    // Its failure is told to whoever asked for the sweep.
    await this.#sweeping?.catch(() => undefined);
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#closed) {
      this.#again = false;
      for (const generation of await this.#abandoned()) await this.#delete(generation);
    }
  }

  async #abandoned(): Promise<readonly string[]> {
    const rows = await this.#resources.store.database
      .selectFrom('generations')
      .select('generations.id')
      .where((expression) =>
        expression.not(
          expression.exists(
            expression
              .selectFrom('connections')
              .select('connections.id')
              .whereRef('connections.visible_generation', '=', 'generations.id'),
          ),
        ),
      )
      .where((expression) =>
        expression.not(
          expression.exists(
            expression
              .selectFrom('connections')
              .select('connections.id')
              .whereRef('connections.complete_generation', '=', 'generations.id'),
          ),
        ),
      )
      .where((expression) =>
        expression.not(
          expression.exists(
            expression
              .selectFrom('sync_tasks')
              .select('sync_tasks.id')
              .whereRef('sync_tasks.generation', '=', 'generations.id')
              .where('sync_tasks.state', 'in', openStates),
          ),
        ),
      )
      .execute();
    return rows.map((row) => row.id);
  }

  async #delete(generation: string): Promise<void> {
    while (!this.#closed && (await this.#deleteBatch(generation)));
  }

  /** Says whether there is more of it. */
  async #deleteBatch(generation: string): Promise<boolean> {
    return this.#resources.store.database.transaction().execute(async (transaction) => {
      const own = await transaction
        .selectFrom('generations')
        .select('id')
        .where('id', '=', generation)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst();
      // Another process is at it, or has done it.
      if (own === undefined) return false;
      const { numDeletedRows } = await transaction
        .deleteFrom('permissions')
        .where('generation', '=', generation)
        .where('forge_id', 'in', (expression) =>
          expression
            .selectFrom('permissions')
            .select('forge_id')
            .where('generation', '=', generation)
            .limit(batchSize),
        )
        .executeTakeFirstOrThrow();
      if (numDeletedRows === BigInt(batchSize)) return true;
      await transaction.deleteFrom('generations').where('id', '=', generation).execute();
      return false;
    });
  }
}
