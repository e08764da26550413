import { HubError } from '../errors.js';
import type { VaultRecord } from '../vault/sealed-columns.js';
import type { Vault } from '../vault/vault.js';
import { newSecretToken } from './secret-token.js';

/**
 * Recognizes browsers in which a person has signed in before. It lets nobody in: a recognized browser's attempts are
 * counted by themselves, so that whoever guesses somebody's password from elsewhere can't keep them out.
 */
export class KnownBrowsers {
  readonly #vault: Pick<Vault, 'seal' | 'open'>;

  constructor(vault: Pick<Vault, 'seal' | 'open'>) {
    this.#vault = vault;
  }

  /** What a browser keeps to be recognized, for this person only. */
  recognitionOf(personId: string): string {
    return this.#vault.seal(newSecretToken(), recordOf(personId));
  }

  recognizes(personId: string, recognition: string): boolean {
    try {
      return this.#vault.open(recognition, recordOf(personId)) !== '';
    } catch (error) {
      // Another person's, made up, or sealed with a key that is gone.
      if (error instanceof HubError) return false;
      throw error;
    }
  }
}

function recordOf(personId: string): VaultRecord {
  return { table: 'people', id: personId, column: 'known_browser' };
}
