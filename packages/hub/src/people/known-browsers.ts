import { HubError } from '../errors.js';
import type { PersonRow } from '../store/rows/people.js';
import type { VaultRecord } from '../vault/sealed-columns.js';
import type { Vault } from '../vault/vault.js';
import { hashOf, newSecretToken } from './secret-token.js';

/** Whom a browser is recognized for: a person with the password that they had. */
type Known = Pick<PersonRow, 'id' | 'password_hash'>;

/**
 * Recognizes browsers in which a person has signed in before, with the password of today. It lets nobody in: a
 * recognized browser's attempts are counted by themselves, so that whoever guesses somebody's password from elsewhere
 * can't keep them out.
 */
export class KnownBrowsers {
  readonly #vault: Pick<Vault, 'seal' | 'open'>;

  constructor(vault: Pick<Vault, 'seal' | 'open'>) {
    this.#vault = vault;
  }

  /** What a browser keeps to be recognized, for this person only. */
  recognitionOf(person: Known): string {
    return this.#vault.seal(`${newSecretToken()} ${passwordMark(person)}`, recordOf(person));
  }

  /** By what the browser's attempts are counted, however it presents what it keeps; undefined: it is not known. */
  recognize(person: Known, recognition: string): string | undefined {
    const [browser, mark] = this.#open(person, recognition).split(' ');
    return mark === passwordMark(person) ? browser : undefined;
  }

  #open(person: Known, recognition: string): string {
    try {
      return this.#vault.open(recognition, recordOf(person));
    } catch (error) {
      // Another person's, made up, or sealed with a key that is gone.
      if (error instanceof HubError) return '';
      throw error;
    }
  }
}

/** Another one when the password is. */
function passwordMark({ password_hash }: Known): string {
  return hashOf(password_hash ?? '');
}

function recordOf({ id }: Known): VaultRecord {
  return { table: 'people', id, column: 'known_browser' };
}
