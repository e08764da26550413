import type { Identity } from '@anyforge/core';
import type { StoredIdentity } from '../store/rows/sign-ins.js';

export function toStoredIdentity({ expiresAt, ...rest }: Identity): StoredIdentity {
  return { ...rest, ...(expiresAt !== undefined && { expiresAt: expiresAt.toISOString() }) };
}

export function toIdentity({ expiresAt, ...rest }: StoredIdentity): Identity {
  return { ...rest, ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt) }) };
}
