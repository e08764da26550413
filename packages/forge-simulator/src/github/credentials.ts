import { fromHeader } from '../oauth/client-authentication.js';
import type { OAuthClient } from '../oauth/clients.js';
import type { SimulatedRequest } from '../http/message.js';
import type { Token } from './tokens.js';
import type { GithubState } from './viewer.js';

/** What an `Authorization` header amounts to: given with neither a token nor a client is a bad credential. */
export interface CredentialReading {
  readonly given: boolean;
  readonly token: Token | undefined;
  /** The application that named itself by its id and secret. */
  readonly client: OAuthClient | undefined;
}

/**
 * Reads `Bearer t`, the older `token t`, Basic with the token as password or as user name, and Basic with an
 * application's id and secret.
 */
export function readCredential(
  request: SimulatedRequest,
  { tokens, oauth }: Pick<GithubState, 'tokens' | 'oauth'>,
): CredentialReading {
  const header = request.headers.get('authorization')?.trim() ?? '';
  const reading = { given: header !== '', token: undefined, client: undefined };
  const [scheme = '', ...rest] = header.split(/\s+/);
  if (/^(bearer|token)$/i.test(scheme)) return { ...reading, token: tokens.find(rest.join(' ')) };
  const basic = fromHeader(request);
  if (basic === undefined) return reading;
  const { clientId: username, clientSecret: password = '' } = basic;
  const client = oauth.client(username);
  return {
    ...reading,
    token: tokens.find(password) ?? tokens.find(username),
    client: client?.clientSecret === password ? client : undefined,
  };
}
