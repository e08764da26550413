import type { SessionLifetime } from '../people/sessions.js';
import type { Resources } from '../resources.js';
import type { Chore } from './chore.js';

const hourMs = 3_600_000;
const batchSize = 500;

/** Forgets the sessions that have ended, of people who do not come back. */
export class EndedSessions implements Chore {
  readonly name = 'ended sessions';
  readonly everyMs = hourMs;
  readonly failure = 'Sessions that have ended could not be deleted.';
  readonly #resources: Pick<Resources, 'store' | 'clock'>;
  readonly #idleMs: number;

  constructor(resources: Pick<Resources, 'store' | 'clock'>, { idleMs }: Pick<SessionLifetime, 'idleMs'>) {
    this.#resources = resources;
    this.#idleMs = idleMs;
  }

  async *batches(): AsyncGenerator<void> {
    const now = this.#resources.clock.now().getTime();
    while (await this.#deleteSome(now)) yield;
  }

  /** Says whether there may be more. */
  async #deleteSome(now: number): Promise<boolean> {
    const { numDeletedRows } = await this.#resources.store.database
      .deleteFrom('sessions')
      .where('id', 'in', (expression) =>
        expression
          .selectFrom('sessions')
          .select('id')
          .where((where) =>
            where.or([where('expires_at', '<=', now), where('last_used_at', '<=', now - this.#idleMs)]),
          )
          .limit(batchSize),
      )
      // Of one that was used meanwhile nothing was seen: its last use is.
      .where((where) =>
        where.or([where('expires_at', '<=', now), where('last_used_at', '<=', now - this.#idleMs)]),
      )
      .executeTakeFirstOrThrow();
    return numDeletedRows === BigInt(batchSize);
  }
}
