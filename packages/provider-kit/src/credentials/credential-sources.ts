import type { Credential, CredentialSource } from '@anyforge/core';

/** A source of one credential that never changes and cannot be renewed. Shows nothing when inspected. */
export function staticCredentials(credential: Credential): CredentialSource {
  return { get: () => Promise.resolve(credential) };
}

/** Tells the two things apart that `signIn` takes. */
export function isCredentialSource(
  credentials: Credential | CredentialSource,
): credentials is CredentialSource {
  return 'get' in credentials;
}
