import type { OAuthCredential } from '@anyforge/core';
import type { OAuthDescription, TokenAnswer } from './description.js';
import { readPositive, readText } from './json.js';

/** What is known of a token set before it is given out. */
export type Known = Partial<Omit<OAuthCredential, 'kind' | 'accessToken' | 'expiresAt'>>;

/**
 * Reads a token set. What the forge does not tell again stays as it is known: the refresh token, when no other takes its
 * place, and the scopes.
 *
 * @param arrivedAt lifetimes count from then
 */
export function toCredential(
  { readScopes = readScopeField }: Pick<OAuthDescription, 'readScopes'>,
  answer: TokenAnswer,
  arrivedAt: Date,
  known: Known,
): OAuthCredential {
  const refreshToken = readText(answer['refresh_token']) ?? known.refreshToken;
  const isKept = refreshToken === known.refreshToken;
  const scopes = readScopes(answer);
  return {
    kind: 'oauth',
    accessToken: answer.access_token,
    refreshToken,
    expiresAt: endOf(arrivedAt, answer['expires_in']),
    refreshTokenExpiresAt:
      endOf(arrivedAt, answer['refresh_token_expires_in']) ??
      (isKept ? known.refreshTokenExpiresAt : undefined),
    scopes: scopes === 'untold' ? undefined : (scopes ?? known.scopes),
    redirectUri: known.redirectUri,
  };
}

/** Splits scopes at spaces and commas. */
export function splitScopes(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((scope) => scope !== '');
}

function readScopeField({ scope }: TokenAnswer): readonly string[] | undefined {
  return typeof scope === 'string' ? splitScopes(scope) : undefined;
}

/** Undefined where the forge tells no lifetime, or one that no calendar holds. */
function endOf(arrivedAt: Date, seconds: unknown): Date | undefined {
  const lifetime = readPositive(seconds);
  if (lifetime === undefined) return undefined;
  const end = new Date(arrivedAt.getTime() + lifetime * 1_000);
  return Number.isNaN(end.getTime()) ? undefined : end;
}
