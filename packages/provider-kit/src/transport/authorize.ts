import type { Credential, CredentialSource } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { ForgeRequest, Handler } from './message.js';

/** How requests are signed. */
export interface Authorization {
  readonly source: CredentialSource;
  /** Puts the credential into the headers, and nothing else: what it sets is scrubbed from all texts. */
  readonly apply: (headers: Headers, credential: Credential) => void;
}

/** A credential should outlive the request that it is put on. */
const validForMs = 60_000;

/**
 * Puts the current credential on each request, and has a refused one renewed once.
 *
 * @throws whatever the source throws as a `ProviderError`; `unavailable` for anything else it throws. Neither is
 * tried again, because asking the source again could send a second refresh.
 */
export function withAuthorization(
  next: Handler,
  { provider, authorization }: { readonly provider: string; readonly authorization: Authorization },
): Handler {
  const { source, apply } = authorization;
  return async (request) => {
    const options = { ...request.call, signal: request.signal };
    const credential = await ask(provider, request, () => source.get({ ...options, validForMs }));
    const headers = new Headers(request.headers);
    apply(headers, credential);
    const secrets = [...request.secrets, ...secretsOf(credential), ...addedValues(request.headers, headers)];
    const answer = await next({ ...request, headers, secrets });
    if (answer.failure?.kind !== 'unauthenticated' || source.renew === undefined || request.renewed)
      return answer;
    await ask(provider, request, () => source.renew?.(credential, options));
    return { ...answer, again: { renewed: true } };
  };
}

async function ask<T>(provider: string, request: ForgeRequest, question: () => T): Promise<Awaited<T>> {
  try {
    return await question();
  } catch (error) {
    request.signal.throwIfAborted();
    if (ProviderError.is(error)) throw error;
    throw new ProviderError('unavailable', 'The credential could not be had from where it is kept.', {
      provider,
      cause: error,
    });
  }
}

function secretsOf(credential: Credential): readonly string[] {
  if (credential.kind === 'token') return [credential.token];
  return [credential.accessToken, credential.refreshToken ?? ''];
}

/** The header values that signing has set, whole and without their scheme: `Basic …` holds the token encoded. */
function addedValues(before: Headers, after: Headers): readonly string[] {
  return [...after]
    .filter(([name, value]) => before.get(name) !== value)
    .flatMap(([, value]) => [value, value.slice(value.indexOf(' ') + 1)]);
}
