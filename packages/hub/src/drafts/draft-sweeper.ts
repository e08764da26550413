import { Repeating } from '../repeating.js';
import type { Resources } from '../resources.js';
import type { DraftRevocations } from './draft-revocations.js';
import type { DraftStore } from './draft-store.js';

const everyMs = 5 * 60_000;

/** Forgets drafts that have expired, whether anybody comes back or not, and ends their sign-ins at the forge. */
export class DraftSweeper {
  readonly #drafts: DraftStore;
  readonly #revocations: DraftRevocations;
  readonly #repeating: Repeating;

  constructor({ clock, logger }: Resources, drafts: DraftStore, revocations: DraftRevocations) {
    const failure = 'Expired drafts could not be forgotten.';
    this.#drafts = drafts;
    this.#revocations = revocations;
    this.#repeating = new Repeating({ clock, logger, everyMs, failure }, () => this.#sweep());
  }

  start(): void {
    this.#repeating.start();
  }

  close(): Promise<void> {
    return this.#repeating.close();
  }

  async #sweep(): Promise<void> {
    for (const ended of await this.#drafts.takeExpired()) this.#revocations.revokeAll(ended);
  }
}
