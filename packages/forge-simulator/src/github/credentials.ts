import type { Token, Tokens } from './tokens.js';

/** What an `Authorization` header amounts to: given without a token is a bad credential. */
export interface CredentialReading {
  readonly given: boolean;
  readonly token: Token | undefined;
}

/** Reads `Bearer t`, the older `token t`, and Basic with the token as password or as user name. */
export function readCredential(header: string | null, tokens: Tokens): CredentialReading {
  if (header === null || header.trim() === '') return { given: false, token: undefined };
  const [scheme = '', ...rest] = header.trim().split(/\s+/);
  const value = rest.join(' ');
  if (/^(bearer|token)$/i.test(scheme)) return { given: true, token: tokens.find(value) };
  if (!/^basic$/i.test(scheme)) return { given: true, token: undefined };
  const [username = '', ...password] = Buffer.from(value, 'base64').toString('utf8').split(':');
  return { given: true, token: tokens.find(password.join(':')) ?? tokens.find(username) };
}
