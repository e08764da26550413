import type { Credential, CredentialSource } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { askCredential, renewCredential } from '../credentials/ask-credential.js';
import type { Handler } from './message.js';

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
 * @throws as `askCredential` does, and ProviderError `unauthenticated` for a credential that fits into no header
 */
export function withAuthorization(
  next: Handler,
  { provider, authorization }: { readonly provider: string; readonly authorization: Authorization },
): Handler {
  const { source, apply } = authorization;
  return async (request) => {
    const options = { ...request.call, signal: request.signal };
    const credential = await askCredential(provider, source, { ...options, validForMs });
    const headers = new Headers(request.headers);
    sign(provider, () => {
      apply(headers, credential);
    });
    const secrets = [...request.secrets, ...secretsOf(credential), ...addedValues(request.headers, headers)];
    const answer = await next({ ...request, headers, secrets });
    if (answer.failure?.kind !== 'unauthenticated' || source.renew === undefined || request.renewed)
      return answer;
    await renewCredential(provider, source.renew.bind(source), credential, options);
    return { ...answer, again: { renewed: true } };
  };
}

function sign(provider: string, apply: () => void): void {
  try {
    apply();
  } catch (error) {
    if (ProviderError.is(error)) throw error;
    // Without its cause, which quotes the header value.
    throw new ProviderError('unauthenticated', 'The credential holds characters that no token has.', {
      provider,
      repair: { text: 'Copy the token once more, whole and without line breaks, and save it again.' },
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
