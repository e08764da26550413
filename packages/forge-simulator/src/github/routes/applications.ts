import { createHash } from 'node:crypto';
import type { OAuthClient } from '../../oauth/clients.js';
import type { OAuthGrant } from '../../oauth/grants.js';
import type { Answer, Call, Endpoint } from '../endpoint.js';
import { answerOne } from '../endpoint.js';
import { refusals } from '../refusal.js';
import type { Token } from '../tokens.js';
import { scopesOf } from '../tokens.js';
import { simpleUser } from '../wire/account.js';

const docs = 'apps/oauth-applications';

/** What an application may ask about the tokens it was given, with its id and secret. */
export const applicationEndpoints: readonly Endpoint[] = [
  endpoint('POST', '/applications/:client/token', `${docs}#check-a-token`, (call, client) => {
    const { token } = ofClient(call, client);
    return answerOne(authorization(call, client, token));
  }),
  endpoint('PATCH', '/applications/:client/token', `${docs}#reset-a-token`, (call, client) => {
    const issued = call.state.oauth.resetAccessToken(ofClient(call, client).grant);
    const token = issued === undefined ? undefined : call.state.tokens.find(issued.accessToken);
    if (token === undefined) throw refusals.notFound();
    return answerOne(authorization(call, client, token));
  }),
  endpoint('DELETE', '/applications/:client/token', `${docs}#delete-an-app-token`, (call, client) => {
    const { grant } = ofClient(call, client);
    call.state.oauth.revokeGrants((each) => each === grant);
    return { status: 204, body: '' };
  }),
  endpoint('DELETE', '/applications/:client/grant', `${docs}#delete-an-app-authorization`, (call, client) => {
    const { grant } = ofClient(call, client);
    call.state.oauth.revokeGrants((each) => each.client === client && each.person === grant.person);
    return { status: 204, body: '' };
  }),
];

function endpoint(
  method: Endpoint['method'],
  pattern: string,
  page: string,
  handle: (call: Call, client: OAuthClient) => Answer,
): Endpoint {
  return {
    method,
    pattern,
    docs: page,
    acceptedScopes: '',
    acceptedPermissions: '',
    handle: (call) => {
      if (call.client === undefined) throw refusals.requiresAuthentication();
      // An application that asks for another one's learns nothing of it.
      if (call.client.clientId !== call.parameters['client']) throw refusals.notFound();
      return handle(call, call.client);
    },
  };
}

/** The token in the body, where it is a good one of this client. */
function ofClient(
  { request, state }: Call,
  client: OAuthClient,
): { readonly grant: OAuthGrant; readonly token: Token } {
  const value = accessTokenIn(request.body);
  if (value === undefined) throw refusals.invalid('access_token', 'missing_field');
  const grant = state.oauth.grantByAccessToken(value);
  const token = state.tokens.find(value);
  if (grant?.client !== client || token === undefined) throw refusals.notFound();
  return { grant, token };
}

function accessTokenIn(body: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null || !('access_token' in parsed)) return undefined;
    return typeof parsed.access_token === 'string' ? parsed.access_token : undefined;
  } catch {
    return undefined;
  }
}

/** The schema `authorization`. */
function authorization({ links }: Call, client: OAuthClient, token: Token): Record<string, unknown> {
  const at = token.issuedAt.toISOString().replace(/\.\d+/, '');
  return {
    id: token.id,
    url: `${links.apiUrl}/authorizations/${token.id}`,
    app: { name: client.name, url: `${links.webUrl}/apps/${client.name}`, client_id: client.clientId },
    token: token.value,
    hashed_token: createHash('sha256').update(token.value).digest('hex'),
    token_last_eight: token.value.slice(-8),
    note: null,
    note_url: null,
    created_at: at,
    updated_at: at,
    scopes: scopesOf(token) ?? [],
    fingerprint: null,
    expires_at: token.expiresAt?.toISOString().replace(/\.\d+/, '') ?? null,
    user: token.kind === 'installation' ? null : simpleUser(links, token.person),
  };
}
