import type { SimulatedRequest } from '../http/message.js';
import type { Refusal } from './refusal.js';
import { refusals } from './refusal.js';
import type { BitbucketCloudToken, BitbucketCloudTokens } from './tokens.js';

/** Who asks, as far as the request says it: nobody, a token, or something that is refused. */
export type CredentialReading =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'token'; readonly token: BitbucketCloudToken }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Reads the credential of a request. Each kind of token is accepted in one way only: API tokens in Basic after the
 * e-mail address of their person, access tokens and OAuth tokens as Bearer; nothing in the address.
 * @see https://developer.atlassian.com/cloud/bitbucket/rest/intro/#authentication
 */
export function readCredential(
  { headers, query }: SimulatedRequest,
  tokens: BitbucketCloudTokens,
): CredentialReading {
  const header = headers.get('authorization')?.trim() ?? '';
  if (header === '') return query.has('access_token') ? refused(refusals.badToken()) : { kind: 'anonymous' };
  const [scheme = '', ...rest] = header.split(/\s+/);
  const value = rest.join(' ');
  if (/^bearer$/i.test(scheme)) return readBearer(value, tokens);
  if (/^basic$/i.test(scheme)) return readBasic(value, tokens);
  return refused(refusals.badToken());
}

function readBearer(value: string, tokens: BitbucketCloudTokens): CredentialReading {
  const token = tokens.find(value);
  if (token?.kind !== 'oauth' && token?.kind !== 'access') return refused(refusals.badToken());
  if (!tokens.isExpired(token)) return { kind: 'token', token };
  return refused(token.kind === 'oauth' ? refusals.expiredToken() : refusals.badToken());
}

function readBasic(value: string, tokens: BitbucketCloudTokens): CredentialReading {
  const [username = '', ...password] = Buffer.from(value, 'base64').toString('utf8').split(':');
  const token = tokens.find(password.join(':'));
  const isGood =
    token?.kind === 'api' &&
    !tokens.isExpired(token) &&
    token.person.email?.toLowerCase() === username.toLowerCase();
  return isGood ? { kind: 'token', token } : refused(refusals.signIn());
}

function refused(refusal: Refusal): CredentialReading {
  return { kind: 'refused', refusal };
}
