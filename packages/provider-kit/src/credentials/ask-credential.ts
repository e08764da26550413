import type { CallOptions, Credential, CredentialSource } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { abortable } from '../abort.js';

/**
 * Asks a source for the current credential.
 *
 * An aborted signal rejects at once with its reason, before the source is asked or while it is, whether the source
 * heeds it or not.
 *
 * @throws what the source throws as a `ProviderError`; `unavailable` for anything else it throws, which stays in
 * `details.cause`. Not to be tried again: asking once more could send a second refresh.
 */
export function askCredential(
  provider: string,
  source: CredentialSource,
  options: CallOptions & { readonly validForMs?: number | undefined } = {},
): Promise<Credential> {
  return ask(provider, () => source.get(options), options.signal);
}

/** Has a source renew a credential that was refused, under the terms of `askCredential`. */
export function renewCredential(
  provider: string,
  renew: NonNullable<CredentialSource['renew']>,
  rejected: Credential,
  options: CallOptions = {},
): Promise<Credential> {
  return ask(provider, () => renew(rejected, options), options.signal);
}

async function ask(
  provider: string,
  question: () => Promise<Credential>,
  signal: AbortSignal | undefined,
): Promise<Credential> {
  signal?.throwIfAborted();
  try {
    // A program without types may answer without a promise.
    const answer = Promise.resolve(question());
    return await (signal ? abortable(answer, signal) : answer);
  } catch (error) {
    signal?.throwIfAborted();
    if (ProviderError.is(error)) throw error;
    throw new ProviderError('unavailable', 'The credential could not be had from where it is kept.', {
      provider,
      cause: error,
    });
  }
}
