import type { Credential, CredentialSource } from '@anyforge/core';

/**
 * Makes a source of what `signIn` takes: a source as it is, or one credential that never changes and cannot be
 * renewed. Such a source shows nothing when inspected.
 *
 * @throws TypeError for anything else, which a program without types may pass. It never shows the value: that may be
 * the bare token.
 */
export function toCredentialSource(credentials: Credential | CredentialSource): CredentialSource {
  if (isSource(credentials)) return credentials;
  if (!isCredential(credentials)) {
    throw new TypeError(
      "Sign in with { kind: 'token', token }, { kind: 'oauth', accessToken } or a source of credentials.",
    );
  }
  return { kind: credentials.kind, get: () => Promise.resolve(credentials) };
}

function isSource(value: unknown): value is CredentialSource {
  return isObject(value) && typeof value['get'] === 'function';
}

function isCredential(value: unknown): value is Credential {
  if (!isObject(value)) return false;
  return typeof (value['kind'] === 'oauth' ? value['accessToken'] : value['token']) === 'string';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
