import type { Clock, Logger } from '@anyforge/core';
import { describeFault } from '../describe-fault.js';
import { HubError } from '../errors.js';
import { Repeating } from '../repeating.js';
import type { Store } from '../store/store.js';
import { stayInUse } from './key-registry.js';
import { removeUser } from './key-users.js';
import type { Vault } from './vault.js';

const everyMs = 60_000;

export interface KeyUseOptions {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The process's, by which the vault was opened. */
  readonly userId: string;
}

/** Tells all who share the database with which key this process encrypts, for as long as it runs. */
export class KeyUse {
  readonly #options: KeyUseOptions;
  readonly #repeating: Repeating;
  #fail: (reason: Error) => void = () => undefined;
  /**
   * Resolves with the HubError `wrong_encryption_key` when this process's key was taken out of use, while it was asleep,
   * for one that it does not know: all that is left to do is to end, and to start with the new key.
   */
  readonly failed = new Promise<Error>((resolve) => {
    this.#fail = resolve;
  });

  constructor(options: KeyUseOptions) {
    const { clock, logger } = options;
    this.#options = options;
    const failure = 'It could not be said with which key this server encrypts.';
    this.#repeating = new Repeating({ clock, logger, everyMs, failure }, () => this.tell());
  }

  /** Goes on telling it, about once a minute. The first time is when the vault is opened. */
  start(): void {
    this.#repeating.start();
  }

  /** For the next three minutes. */
  async tell(): Promise<void> {
    const { store, vault, logger, userId } = this.#options;
    try {
      const unknown = await stayInUse(store, vault, userId);
      if (unknown.length === 0) return;
      logger.warn(
        { keys: unknown },
        'Another server encrypts with a key that this one does not know. Give it to this one as well.',
      );
    } catch (error) {
      if (!(error instanceof HubError) || error.kind !== 'wrong_encryption_key') throw error;
      this.#fail(error);
    }
  }

  /** Takes it back; where that fails, it is over in three minutes. */
  async close(): Promise<void> {
    await this.#repeating.close();
    const { store, logger, userId } = this.#options;
    try {
      await removeUser(store.database, userId);
    } catch (error) {
      logger.warn({ error: describeFault(error) }, 'It could not be said that this server encrypts no more.');
    }
  }
}
