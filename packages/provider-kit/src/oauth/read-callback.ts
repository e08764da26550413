import { ProviderError } from '@anyforge/core';
import type { OAuthDescription } from './description.js';
import type { Refusal } from './refusal.js';
import type { CodeTransaction } from './transaction.js';
import { isState } from './transaction.js';

export interface CallbackExpectation {
  readonly provider: string;
  readonly description: Pick<OAuthDescription, 'issuer' | 'iss'>;
  readonly transaction: CodeTransaction;
}

/** Longer than any that a forge sends, and than what servers let through in a request line. */
const longestCallback = 16_384;

/**
 * Reads the URL that the forge sent the person back to.
 *
 * @throws ProviderError `invalid_request` for a callback that does not belong to the sign-in, `invalid_response` for one
 * that another server sent or that has no code
 */
export function readCallback(
  callbackUrl: string,
  { provider, description, transaction }: CallbackExpectation,
): { readonly code: string; readonly refusal?: undefined } | { readonly refusal: Refusal } {
  if (callbackUrl.length > longestCallback) {
    throw stray(provider, 'The address that the sign-in came back to is too long.');
  }
  if (!URL.canParse(callbackUrl)) throw incomplete(provider);
  const { searchParams } = new URL(callbackUrl);
  const parameters = readParameters(searchParams);
  if (!isState(parameters.get('state'), transaction.stateHash)) {
    throw stray(provider, 'The sign-in came back with another state than it was begun with.');
  }
  if (!isIssuer(searchParams.getAll('iss'), description)) {
    throw new ProviderError(
      'invalid_response',
      'The sign-in came back from another server than it was sent to.',
      {
        provider,
        repair: { text: 'Start the sign-in again, and check which site asks for your consent.' },
      },
    );
  }
  // Before the address: a forge that refuses the redirect URI says so at the one it knows.
  const error = parameters.get('error');
  if (error !== undefined) {
    const told = Object.fromEntries(parameters);
    return { refusal: { code: error, description: parameters.get('error_description'), body: told } };
  }
  if (!isAt(callbackUrl, transaction.redirectUri)) {
    throw stray(provider, 'The sign-in came back to another address than its redirect URI.');
  }
  const code = parameters.get('code');
  if (code === undefined) {
    throw new ProviderError('invalid_response', 'The sign-in came back without a code.', {
      provider,
      repair: { text: 'Start the sign-in again.' },
    });
  }
  return { code };
}

/** The parameters that have a value and are there once: what is repeated is refused by being absent. */
function readParameters(searchParams: URLSearchParams): ReadonlyMap<string, string | undefined> {
  const parameters = new Map<string, string | undefined>();
  for (const [name, value] of searchParams)
    parameters.set(name, value === '' || parameters.has(name) ? undefined : value);
  return parameters;
}

/** Whether a callback is at its redirect URI, with the query of that one beside what the forge added. */
function isAt(callbackUrl: string, redirectUri: string): boolean {
  const callback = new URL(callbackUrl);
  const expected = new URL(redirectUri);
  return (
    callback.origin === expected.origin &&
    callback.pathname === expected.pathname &&
    [...expected.searchParams].every(([name, value]) => callback.searchParams.getAll(name).includes(value))
  );
}

/** One that is repeated, or empty, is sent: to take it for absent would be to take it unchecked. */
function isIssuer(
  [given, ...others]: readonly string[],
  { issuer, iss }: Pick<OAuthDescription, 'issuer' | 'iss'>,
): boolean {
  if (iss === 'ignored') return true;
  if (given === undefined) return iss === 'checked-when-sent';
  return given === issuer && others.length === 0;
}

/** The program's mistake, not the person's: many a framework tells the path alone. */
function incomplete(provider: string): ProviderError {
  return new ProviderError('invalid_request', 'The callback URL is not a whole address.', {
    provider,
    repair: { text: 'Pass it with scheme and host: https://app.example/callback?code=…&state=…' },
  });
}

function stray(provider: string, text: string): ProviderError {
  return new ProviderError('invalid_request', text, {
    provider,
    repair: { text: 'Start the sign-in again, and finish it in the same browser.' },
  });
}
