import { ProviderError } from '@anyforge/core';
import { isErrorLike } from '../error-like.js';

const deepestCause = 10;
const abortNames: ReadonlySet<string> = new Set(['AbortError', 'TimeoutError']);

/**
 * What to throw for something that an SDK threw: the `ProviderError` of our transport that it wrapped, else an
 * `invalid_response` without the SDK's text, which may quote the answer or the request with its headers. The
 * original stays in `details.cause`, which is never shown.
 *
 * ```ts
 * try { … } catch (error) { throw toProviderError('github', error, options.signal); }
 * ```
 *
 * @param signal the call's; when it has aborted, its reason is thrown instead, whatever that is
 */
export function toProviderError(provider: string, error: unknown, signal?: AbortSignal): Error {
  signal?.throwIfAborted();
  for (let cause = error, depth = 0; isErrorLike(cause) && depth < deepestCause; depth += 1) {
    if (ProviderError.is(cause) || abortNames.has(cause.name)) return cause;
    cause = cause.cause;
  }
  const name = isErrorLike(error) ? error.name : typeof error;
  return new ProviderError('invalid_response', `The answer could not be used (${name}).`, {
    provider,
    repair: {
      text: 'Check that the address is right, and that no proxy on the way changes answers.',
    },
    cause: error,
  });
}
