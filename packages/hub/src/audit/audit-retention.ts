import { describeFault } from '../describe-fault.js';
import type { Resources } from '../resources.js';

/** How long events are kept unless the operator says otherwise, in days. */
export const defaultRetentionDays = 365;

const dayMs = 24 * 60 * 60 * 1000;
const batchSize = 500;
/** How often old events are looked for while new ones come in. */
const everyMs = 60 * 60 * 1000;

/** Deletes events that are too old, in batches that leave others their turn. */
export class AuditRetention {
  readonly #resources: Pick<Resources, 'store' | 'clock' | 'logger'>;
  readonly #keptMs: number;
  #sweeping: Promise<void> | undefined;
  #sweptAt = Number.NEGATIVE_INFINITY;
  #closed = false;

  /** @param days how long an event is kept */
  constructor(resources: Pick<Resources, 'store' | 'clock' | 'logger'>, days: number) {
    this.#resources = resources;
    this.#keptMs = days * dayMs;
  }

  /** Resolves when everything is gone that is too old now. */
  async sweep(): Promise<void> {
    this.#sweptAt = this.#resources.clock.now().getTime();
    this.#sweeping ??= this.#deleteOld().finally(() => {
      this.#sweeping = undefined;
    });
    await this.#sweeping;
  }

  /** For when nobody waits, at every event: looks once an hour, and leaves what fails to the next time. */
  sweepWhenDue(): void {
    if (this.#closed || this.#resources.clock.now().getTime() < this.#sweptAt + everyMs) return;
    this.sweep().catch((error: unknown) => {
      this.#resources.logger.warn({ error: describeFault(error) }, 'Old audit events could not be deleted.');
    });
  }

  /** Stops after the batch under way; the rest is for the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    // Its failure is told to whoever asked for the sweep.
    await this.#sweeping?.catch(() => undefined);
  }

  async #deleteOld(): Promise<void> {
    const before = this.#resources.clock.now().getTime() - this.#keptMs;
    while (!this.#closed) {
      const { numDeletedRows } = await this.#resources.store.database
        .deleteFrom('audit_events')
        .where('id', 'in', (expression) =>
          expression
            .selectFrom('audit_events')
            .select('id')
            .where('at', '<', before)
            .orderBy('at')
            .orderBy('id')
            .limit(batchSize),
        )
        .executeTakeFirstOrThrow();
      if (numDeletedRows < BigInt(batchSize)) return;
    }
  }
}
