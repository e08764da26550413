import type { Resources } from '../resources.js';

/** Longer than a batch of any chore takes: a statement is given up after a minute. */
const termMs = 2 * 60_000;
/** How much of its term may pass before a claim is made longer. */
const unattendedMs = 30_000;

/** The right to do a chore, which one process at a time has. */
export interface ChoreClaim {
  /** Says that it is still at it. False: it was taken for dead, and somebody else may be at it now. */
  keep(): Promise<boolean>;
  /** Gives it back, for the next time after a while, or at once for what is left undone. */
  release(dueInMs: number): Promise<void>;
}

/** Which process does which chore, by rows that all of them see. One that dies at it holds it up for two minutes. */
export class ChoreClaims {
  readonly #store: Resources['store'];
  readonly #newId: () => string;

  constructor({ store, newId }: Pick<Resources, 'store' | 'newId'>) {
    this.#store = store;
    this.#newId = newId;
  }

  /**
   * Undefined: it is not due, or somebody is at it. A time that lies further ahead than any is set was set by a clock
   * that was ahead, and does not count.
   *
   * @param everyMs How far ahead it is due at most.
   */
  async claim(name: string, everyMs: number): Promise<ChoreClaim | undefined> {
    const { database } = this.#store;
    const now = await this.#store.now();
    await database
      .insertInto('chores')
      .values({ name, claim_until: 0, due_at: 0 })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
    const id = this.#newId();
    const { numUpdatedRows } = await database
      .updateTable('chores')
      .set({ claim_id: id, claim_until: now + termMs })
      .where('name', '=', name)
      // With a term to spare: another process may have set it since this one has looked at the clock.
      .where((where) => where.or([where('due_at', '<=', now), where('due_at', '>', now + everyMs + termMs)]))
      .where((where) =>
        where.or([where('claim_until', '<=', now), where('claim_until', '>', now + 2 * termMs)]),
      )
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 0n ? undefined : this.#toClaim(name, id, now);
  }

  #toClaim(name: string, id: string, since: number): ChoreClaim {
    const update = (change: { readonly claim_until: number; readonly due_at?: number }) =>
      this.#store.database
        .updateTable('chores')
        .set(change)
        .where('name', '=', name)
        .where('claim_id', '=', id)
        .executeTakeFirstOrThrow();
    let keptAt = since;
    return {
      keep: async () => {
        const now = await this.#store.now();
        if (now < keptAt + unattendedMs) return true;
        keptAt = now;
        return (await update({ claim_until: now + termMs })).numUpdatedRows > 0n;
      },
      release: async (dueInMs) => {
        const now = await this.#store.now();
        await update({ claim_until: 0, due_at: now + dueInMs });
      },
    };
  }
}
