import type { SimulatedRequest } from '../http/message.js';
import type { Person } from '../world/model.js';
import type { ReadableWorld } from '../world/readable-world.js';
import type { GiteaToken, GiteaTokens } from './tokens.js';

/** What a request's credential amounts to. */
export type CredentialReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'token'; readonly token: GiteaToken; readonly person: Person }
  | { readonly kind: 'password'; readonly person: Person }
  /** Given and not good: nobody is taken for somebody else, or for nobody. */
  | { readonly kind: 'refused'; readonly given: string };

/**
 * Reads `token t` and `Bearer t`; `?token=` and `?access_token=`; and Basic with a token as the password, whatever the
 * user name, or as the user name, or with a password.
 * @see https://docs.gitea.com/development/api-usage#authentication
 */
export function readCredential(
  { headers, query }: Pick<SimulatedRequest, 'headers' | 'query'>,
  tokens: GiteaTokens,
  world: ReadableWorld,
): CredentialReading {
  const inQuery = queryToken(query);
  if (inQuery !== undefined) return ofToken(tokens, inQuery);
  const words = (headers.get('authorization') ?? '').trim().split(/\s+/);
  const [scheme = '', value = ''] = words;
  if (words.length !== 2) return { kind: 'none' };
  if (/^(token|bearer)$/i.test(scheme)) return ofToken(tokens, value);
  return /^basic$/i.test(scheme) ? readBasic(value, tokens, world) : { kind: 'none' };
}

/** A token in an address, which is warned of and taken all the same. */
export function queryToken(query: URLSearchParams): string | undefined {
  return (
    [query.get('token'), query.get('access_token')].find((value) => value !== null && value !== '') ??
    undefined
  );
}

function readBasic(encoded: string, tokens: GiteaTokens, world: ReadableWorld): CredentialReading {
  const [username = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  const password = rest.join(':');
  if (username === '' && password === '') return { kind: 'none' };
  const isUserNameToken = password === '' || password === 'x-oauth-basic';
  const given = isUserNameToken ? username : password;
  if (tokens.find(given) !== undefined) return ofToken(tokens, given);
  const person = world.person(username);
  const isRight = person !== undefined && password === tokens.passwordOf(person);
  return isRight && !person.suspended ? { kind: 'password', person } : { kind: 'refused', given };
}

function ofToken(tokens: GiteaTokens, given: string): CredentialReading {
  const token = tokens.find(given);
  return token === undefined ? { kind: 'refused', given } : { kind: 'token', token, person: token.person };
}
