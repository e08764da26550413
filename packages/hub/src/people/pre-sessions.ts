import { HubError } from '../errors.js';
import type { Resources } from '../resources.js';
import type { VaultRecord } from '../vault/sealed-columns.js';

/** What a single sign-on begins with and has to end with. */
export interface SingleSignOnSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

const lifetimeMs = 10 * 60_000;
const record: VaultRecord = { table: 'sessions', id: 'single-sign-on', column: 'pre_session' };

/**
 * Keeps the secrets of a single sign-on with the browser that began it, sealed: any replica can end it, and there is
 * nothing to keep or to sweep for those who never come back.
 */
export class PreSessions {
  readonly #resources: Pick<Resources, 'vault' | 'clock'>;

  constructor(resources: Pick<Resources, 'vault' | 'clock'>) {
    this.#resources = resources;
  }

  seal(secrets: SingleSignOnSecrets): { readonly preSession: string; readonly lifetimeMs: number } {
    const { vault, clock } = this.#resources;
    const { state, nonce, codeVerifier } = secrets;
    const content = [state, nonce, codeVerifier, String(clock.now().getTime() + lifetimeMs)];
    return { preSession: vault.seal(content.join(' '), record), lifetimeMs };
  }

  /** @throws HubError `single_sign_on_expired` when it is none, too old, or of another browser. */
  open(preSession: string | undefined): SingleSignOnSecrets {
    const [state, nonce, codeVerifier, until] = this.#unseal(preSession ?? '').split(' ');
    const isGood = Number(until) > this.#resources.clock.now().getTime();
    if (state === undefined || nonce === undefined || codeVerifier === undefined || !isGood) throw expired();
    return { state, nonce, codeVerifier };
  }

  #unseal(preSession: string): string {
    try {
      return this.#resources.vault.open(preSession, record);
    } catch (error) {
      if (error instanceof HubError) throw expired();
      throw error;
    }
  }
}

function expired(): HubError {
  return new HubError(
    'single_sign_on_expired',
    'This sign-in was not begun in this browser, or more than ten minutes ago. Sign in again.',
  );
}
