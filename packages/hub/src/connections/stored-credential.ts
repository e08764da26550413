import type { Credential, OAuthCredential } from '@anyforge/core';
import type { VaultRecord } from '../vault/vault.js';

/** Where a connection's credential is sealed. */
export function credentialRecord(connectionId: string): VaultRecord {
  return { table: 'connections', id: connectionId, column: 'credential' };
}

type Stored<T> = { readonly [Key in keyof T]: T[Key] extends Date | undefined ? string | undefined : T[Key] };
type StoredCredential = Extract<Credential, { readonly kind: 'token' }> | Stored<OAuthCredential>;

export function writeCredential(credential: Credential): string {
  return JSON.stringify(credential);
}

export function readCredential(text: string): Credential {
  // What `writeCredential` wrote, in which JSON has made text of the dates.
  const stored = JSON.parse(text) as StoredCredential;
  if (stored.kind === 'token') return stored;
  const { expiresAt, refreshTokenExpiresAt, ...rest } = stored;
  return {
    ...rest,
    expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt),
    refreshTokenExpiresAt: refreshTokenExpiresAt === undefined ? undefined : new Date(refreshTokenExpiresAt),
  };
}
