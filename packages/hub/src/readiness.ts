import type { Clock } from '@anyforge/core';
import { HubError } from './errors.js';
import type { Store } from './store/store.js';

/** Longest wait for the database to answer, in milliseconds: shorter than those who ask for readiness wait. */
const maxWaitMs = 2_000;

/** Whether the hub can be asked. */
export class Readiness {
  readonly #store: Pick<Store, 'now'>;
  readonly #clock: Clock;
  #ended = false;

  constructor({ store, clock }: { readonly store: Pick<Store, 'now'>; readonly clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  /** From now on it is not ready. */
  end(): void {
    this.#ended = true;
  }

  /** @throws HubError `closed` when it is ending, `store_failed` when the database does not answer, or not soon. */
  async check(): Promise<void> {
    if (this.#ended) throw HubError.closed();
    if (!(await this.#answers()))
      throw new HubError(
        'store_failed',
        'The database does not answer. See to it, or wait until it is back.',
      );
  }

  async #answers(): Promise<boolean> {
    const waiting = new AbortController();
    const answer = this.#store.now().then(
      () => true,
      () => false,
    );
    const late = this.#clock.sleep(maxWaitMs, waiting.signal).then(
      () => false,
      () => false,
    );
    try {
      return await Promise.race([answer, late]);
    } finally {
      waiting.abort();
    }
  }
}
