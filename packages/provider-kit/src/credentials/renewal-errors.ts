import type { ErrorKind } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';

const definiteKinds: ReadonlySet<ErrorKind> = new Set(['grant_expired', 'unauthenticated']);

/** Whether the forge has refused for good. Anything else may pass, and destroys nothing. */
export function isDefinite(error: unknown): boolean {
  return ProviderError.is(error) && definiteKinds.has(error.kind);
}

export function signInAgain(provider: string, cause?: unknown): ProviderError {
  return new ProviderError(
    'unauthenticated',
    'The forge does not renew this sign-in: it has expired or was revoked.',
    {
      provider,
      repair: { text: 'Sign in again.' },
      cause,
    },
  );
}

export function signedOut(provider: string): ProviderError {
  return new ProviderError('unauthenticated', 'There is no credential any more: the sign-in has ended.', {
    provider,
    repair: { text: 'Sign in again.' },
  });
}

export function storeFailed(provider: string, cause: unknown): ProviderError {
  if (ProviderError.is(cause)) return cause;
  return new ProviderError('unavailable', 'The credential could not be had from where it is kept.', {
    provider,
    cause,
  });
}

/** What a refresh threw, as the one class of error. */
export function toRenewalError(provider: string, error: unknown): ProviderError {
  if (ProviderError.is(error)) return error;
  return new ProviderError('unavailable', 'The credential could not be renewed.', { provider, cause: error });
}
