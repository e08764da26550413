import type { ExpressionBuilder } from 'kysely';
import { describeFault } from '../describe-fault.js';
import type { Resources } from '../resources.js';
import type { Schema } from '../store/schema.js';
import type { Queries } from '../store/store.js';
import { openStates } from './sync-view.js';

const rowsAtOnce = 1000;
const pagesAtOnce = 200;
/** Looked at in one statement. */
const generationsAtOnce = 1000;

/** Stands for all connections, also those that are no more. */
const everybody = Symbol('everybody');

/**
 * Deletes generations that no connection shows or is compared with, and no open task writes, in batches that leave
 * others their turn. A generation that nothing refers to is never referred to again, so it can't be taken up meanwhile.
 */
export class GenerationSweeper {
  readonly #resources: Resources;
  /** Whose are to be swept. */
  readonly #asked = new Set<string | typeof everybody>();
  #sweeping: Promise<void> | undefined;
  #closed = false;

  constructor(resources: Resources) {
    this.#resources = resources;
  }

  /**
   * Resolves when everything is swept that nothing refers to now.
   *
   * @param connectionId Only what this connection has left.
   */
  async sweep(connectionId?: string): Promise<void> {
    this.#asked.add(connectionId ?? everybody);
    this.#sweeping ??= this.#run();
    await this.#sweeping;
  }

  /** For when nobody waits: what one sweep leaves undone, the next one does. */
  sweepInBackground(connectionId?: string): void {
    this.sweep(connectionId).catch((error: unknown) => {
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
    try {
      for (const whose of this.#asked) {
        // Taken out before: whoever asks meanwhile is to have what is abandoned by then.
        this.#asked.delete(whose);
        for await (const generation of this.#abandoned(whose)) await this.#delete(generation);
        if (this.#closed) return;
      }
    } finally {
      this.#sweeping = undefined;
    }
  }

  async *#abandoned(whose: string | typeof everybody): AsyncGenerator<string> {
    const { database } = this.#resources.store;
    let after = '';
    for (;;) {
      const looked = await database
        .selectFrom('generations')
        .select((expression) => ['generations.id', isReferredTo(expression).as('isKept')])
        .where('generations.id', '>', after)
        .$if(whose !== everybody, (query) => query.where('generations.connection_id', '=', String(whose)))
        .orderBy('generations.id')
        .limit(generationsAtOnce)
        .execute();
      for (const { id, isKept } of looked) if (Number(isKept) === 0) yield id;
      const last = looked.at(-1);
      if (last === undefined || looked.length < generationsAtOnce) return;
      after = last.id;
    }
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
      if (await deletePermissions(transaction, generation)) return true;
      if (await deletePages(transaction, generation)) return true;
      await transaction.deleteFrom('generations').where('id', '=', generation).execute();
      return false;
    });
  }
}

/** Whether a connection shows a generation or is compared with it, or an open task writes it. */
function isReferredTo(expression: ExpressionBuilder<Schema, 'generations'>) {
  return expression.or([
    expression.exists(
      expression
        .selectFrom('connections')
        .select('connections.id')
        .whereRef('connections.visible_generation', '=', 'generations.id'),
    ),
    expression.exists(
      expression
        .selectFrom('connections')
        .select('connections.id')
        .whereRef('connections.complete_generation', '=', 'generations.id'),
    ),
    expression.exists(
      expression
        .selectFrom('sync_tasks')
        .select('sync_tasks.id')
        .whereRef('sync_tasks.generation', '=', 'generations.id')
        .where('sync_tasks.state', 'in', openStates),
    ),
  ]);
}

/** Some of them; says whether there may be more. */
async function deletePermissions(transaction: Queries, generation: string): Promise<boolean> {
  const { numDeletedRows } = await transaction
    .deleteFrom('permissions')
    .where('generation', '=', generation)
    .where('forge_id', 'in', (expression) =>
      expression
        .selectFrom('permissions')
        .select('forge_id')
        .where('generation', '=', generation)
        .limit(rowsAtOnce),
    )
    .executeTakeFirstOrThrow();
  return numDeletedRows === BigInt(rowsAtOnce);
}

/** The same for its pages. */
async function deletePages(transaction: Queries, generation: string): Promise<boolean> {
  const { numDeletedRows } = await transaction
    .deleteFrom('generation_pages')
    .where('generation', '=', generation)
    .where('position', 'in', (expression) =>
      expression
        .selectFrom('generation_pages')
        .select('position')
        .where('generation', '=', generation)
        .limit(pagesAtOnce),
    )
    .executeTakeFirstOrThrow();
  return numDeletedRows === BigInt(pagesAtOnce);
}
