import type { ErrorKind } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { RefreshOutcome } from './credential-store.js';

const definiteKinds: ReadonlySet<ErrorKind> = new Set(['grant_expired', 'unauthenticated']);

/** What a request ends with that may have been acted on. Any other kind is the forge's own word, or nobody's request. */
const silentKinds: ReadonlySet<ErrorKind> = new Set([
  'timeout',
  'network',
  'unavailable',
  'invalid_response',
]);

/** Whether the forge has refused for good. Anything else may pass, and destroys nothing. */
export function isDefinite(error: unknown): boolean {
  return ProviderError.is(error) && definiteKinds.has(error.kind);
}

/** Whether a refresh that failed may have cost the old pair: only a success that nobody could read has. */
export function outcomeOf({ kind, details: { status, reached } }: ProviderError): RefreshOutcome {
  if (reached === false || !silentKinds.has(kind)) return 'not-processed';
  if (status === undefined) return 'unknown';
  return kind === 'invalid_response' && status < 300 ? 'unknown' : 'not-processed';
}

export function signInAgain(provider: string, cause?: unknown): ProviderError {
  return new ProviderError('unauthenticated', 'This sign-in cannot be renewed any more.', {
    provider,
    repair: { text: 'Sign in again.' },
    cause,
  });
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

/** Another process has failed just now. */
export function paused(provider: string, retryAt: Date): ProviderError {
  return new ProviderError('unavailable', 'Renewing the credential has failed, and is tried again later.', {
    provider,
    retryAt,
  });
}

export function tookTooLong(provider: string, details: { readonly reached?: false } = {}): ProviderError {
  return new ProviderError('timeout', 'Renewing the credential took too long.', { provider, ...details });
}

/** What a refresh threw, as the one class of error. */
export function toRenewalError(provider: string, error: unknown): ProviderError {
  if (ProviderError.is(error)) return error;
  return new ProviderError('unavailable', 'The credential could not be renewed.', { provider, cause: error });
}
