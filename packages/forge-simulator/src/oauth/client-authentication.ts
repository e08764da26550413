import type { SimulatedRequest } from '../http/message.js';
import type { OAuthClient } from './clients.js';
import type { OAuthState } from './state.js';

interface Presented {
  readonly clientId: string;
  readonly clientSecret: string | undefined;
}

/**
 * The client that a request comes from. @returns nothing for one that is unknown, and for a missing or wrong secret
 * @param withoutSecret whether a client that has a secret may leave it out; a wrong one is refused even then
 */
export function authenticateClient(
  { rules, clients }: Pick<OAuthState, 'rules' | 'clients'>,
  request: SimulatedRequest,
  form: URLSearchParams,
  withoutSecret: boolean,
): OAuthClient | undefined {
  const presented = rules.token.clientAuthentication.includes('basic') ? fromHeader(request) : undefined;
  const { clientId, clientSecret } = presented ?? fromForm(form);
  const client = clients.find(clientId);
  if (client === undefined) return undefined;
  if (client.clientSecret === undefined || (clientSecret === undefined && withoutSecret)) return client;
  if (presented === undefined && !rules.token.clientAuthentication.includes('post')) return undefined;
  return clientSecret === client.clientSecret ? client : undefined;
}

/** What is wrong with a client that could not be authenticated. */
export function problemOfClient(
  { rules, clients }: Pick<OAuthState, 'rules' | 'clients'>,
  request: SimulatedRequest,
  form: URLSearchParams,
): 'unknown-client' | 'bad-client' {
  const presented = rules.token.clientAuthentication.includes('basic') ? fromHeader(request) : undefined;
  const { clientId } = presented ?? fromForm(form);
  return clients.find(clientId) === undefined ? 'unknown-client' : 'bad-client';
}

/** An id and a secret in an Authorization header, as the form encoding of OAuth has them. */
export function fromHeader({ headers }: SimulatedRequest): Presented | undefined {
  const encoded = /^basic\s+(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { clientId: decode(id), clientSecret: decode(secret.join(':')) };
}

function fromForm(form: URLSearchParams): Presented {
  return { clientId: form.get('client_id') ?? '', clientSecret: form.get('client_secret') ?? undefined };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
