import type { BitbucketToken, BitbucketTokens } from './tokens.js';
import { personOf } from './tokens.js';

/** What an `Authorization` header amounts to. */
export type CredentialReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'accepted'; readonly token: BitbucketToken }
  /** A bearer token that is not, or no longer, a good one. */
  | { readonly kind: 'unrecognized' }
  /** A user name with what is not its password. */
  | { readonly kind: 'wrong-password'; readonly username: string };

/**
 * Reads `Bearer t`, and Basic with a personal token in place of its owner's password. Tokens of projects and
 * repositories are good as bearer tokens only.
 *
 * @see https://confluence.atlassian.com/bitbucketserver/http-access-tokens-939515499.html
 */
export function readCredential(header: string | null, tokens: BitbucketTokens): CredentialReading {
  const [, scheme = '', value = ''] = /^\s*(\S+)\s+(.*?)\s*$/s.exec(header ?? '') ?? [];
  if (/^bearer$/i.test(scheme)) {
    const token = tokens.find(value);
    return token === undefined ? { kind: 'unrecognized' } : { kind: 'accepted', token };
  }
  if (!/^basic$/i.test(scheme)) return { kind: 'none' };
  const [username = '', ...password] = Buffer.from(value, 'base64').toString('utf8').split(':');
  const token = tokens.find(password.join(':'));
  const isOwners =
    token?.kind === 'personal' && personOf(token)?.username.toLowerCase() === username.toLowerCase();
  return isOwners ? { kind: 'accepted', token } : { kind: 'wrong-password', username };
}
