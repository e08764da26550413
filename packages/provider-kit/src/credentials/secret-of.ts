import type { Credential } from '@anyforge/core';

/** The part of a credential that proves it: the token, whichever kind it is. */
export function secretOf(credential: Credential): string {
  return credential.kind === 'token' ? credential.token : credential.accessToken;
}
