import type { OAuthCredential } from '@anyforge/core';
import type { CredentialRenewal, CredentialRenewalOptions } from './credential-renewal.js';
import { createCredentialRenewal } from './credential-renewal.js';
import { createMemoryCredentialStore } from './memory-credential-store.js';

export interface RenewableCredentialOptions extends Omit<CredentialRenewalOptions, 'store'> {
  readonly credential: OAuthCredential;
  /** Told each new credential, and waited for, before anybody uses it: put it where the old one came from. */
  readonly onRenewed: (credential: OAuthCredential) => void | Promise<void>;
}

/** Makes a source for one process from a credential at hand: `provider.signIn(createRenewableCredential(…))`. */
export function createRenewableCredential(options: RenewableCredentialOptions): CredentialRenewal {
  const { credential, onRenewed, ...renewal } = options;
  const store = createMemoryCredentialStore({ credential, clock: renewal.clock, onSave: onRenewed });
  return createCredentialRenewal({ ...renewal, store });
}
