import type { SimulatedRequest, TextResponse } from '../http/message.js';
import { picture } from '../http/picture.js';
import { fromHeader } from '../oauth/client-authentication.js';
import type { OAuthServer } from '../oauth/server.js';
import { readCredential } from './credentials.js';
import type { GiteaState } from './state.js';
import type { GiteaToken } from './tokens.js';
import type { Links } from './wire/links.js';
import { avatarUrl } from './wire/user.js';

/** What the pages of a Gitea know. */
export interface GiteaWeb {
  readonly state: GiteaState;
  readonly links: Links;
  readonly oauth: OAuthServer;
}

type Page = (web: GiteaWeb, request: SimulatedRequest) => TextResponse;

const pages: Readonly<Record<string, Page>> = {
  'GET /': () => html(200, 'Gitea (simulated)'),
  'GET /user/login': () => html(200, 'Sign In - Gitea (simulated)'),
  'GET /.well-known/openid-configuration': answerDiscovery,
  'GET /login/oauth/keys': () => bareJson({ keys: [] }),
  'GET /login/oauth/userinfo': answerUserInfo,
  'POST /login/oauth/introspect': answerIntrospection,
  'GET /api/healthz': answerHealth,
  'GET /api/forgejo/v1/version': answerForgejoVersion,
};

/** What is not the API and no authorization page: what tells of OAuth tokens, pictures, and a plain page else. */
export function answerWeb(web: GiteaWeb, request: SimulatedRequest): TextResponse {
  const avatar = /^\/avatars\/(\d+)$/.exec(request.path)?.[1];
  if (avatar !== undefined) return picture(Number(avatar));
  return pages[`${request.method} ${request.path}`]?.(web, request) ?? notFound();
}

/** @see https://openid.net/specs/openid-connect-discovery-1_0.html */
function answerDiscovery({ links: { rootUrl } }: GiteaWeb): TextResponse {
  return bareJson({
    issuer: rootUrl,
    authorization_endpoint: `${rootUrl}/login/oauth/authorize`,
    token_endpoint: `${rootUrl}/login/oauth/access_token`,
    jwks_uri: `${rootUrl}/login/oauth/keys`,
    userinfo_endpoint: `${rootUrl}/login/oauth/userinfo`,
    introspection_endpoint: `${rootUrl}/login/oauth/introspect`,
    response_types_supported: ['code', 'id_token'],
    id_token_signing_alg_values_supported: ['RS256'],
    subject_types_supported: ['public'],
    scopes_supported: ['openid', 'profile', 'email', 'groups'],
    claims_supported: ['aud', 'exp', 'iat', 'iss', 'sub', 'name', 'preferred_username', 'email', 'groups'],
    code_challenge_methods_supported: ['plain', 'S256'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
  });
}

/** Takes tokens alone, and tells nobody's groups. */
function answerUserInfo({ state, links }: GiteaWeb, request: SimulatedRequest): TextResponse {
  const reading = readCredential(request, state.tokens, state.world);
  if (reading.kind !== 'token') return unauthorized('Bearer');
  const { person } = reading;
  return json(200, {
    sub: String(person.id),
    name: person.name ?? person.username,
    preferred_username: person.username,
    email: person.email ?? '',
    picture: avatarUrl(links, person),
    groups: null,
  });
}

/** Tells a client what a token of an application is. */
function answerIntrospection({ state, links, oauth }: GiteaWeb, request: SimulatedRequest): TextResponse {
  const presented = fromHeader(request);
  const client = presented === undefined ? undefined : oauth.client(presented.clientId);
  const isRight = client?.clientSecret !== undefined && client.clientSecret === presented?.clientSecret;
  if (!isRight) return unauthorized('Basic');
  const value = new URLSearchParams(request.body).get('token') ?? '';
  const grant = oauth.grantByAccessToken(value);
  const token: GiteaToken | undefined = grant === undefined ? undefined : state.tokens.find(value);
  if (grant === undefined || token === undefined) return plainRefusal('Failed to authenticate user');
  return json(200, {
    active: true,
    ...(token.asked.length === 0 ? {} : { scope: token.asked.join(' ') }),
    username: token.person.username,
    iss: links.rootUrl,
    sub: String(token.person.id),
    aud: [grant.client.clientId],
  });
}

function answerHealth(): TextResponse {
  return json(200, { status: 'pass', description: 'Gitea: Git with a cup of tea' });
}

/** Forgejo's alone. */
function answerForgejoVersion({ state: { profile } }: GiteaWeb): TextResponse {
  return profile.hasOwnApi ? json(200, { version: profile.version }) : notFound();
}

function unauthorized(scheme: 'Basic' | 'Bearer'): TextResponse {
  const refusal = plainRefusal('no valid authorization');
  const asked = { 'www-authenticate': `${scheme} realm="Gitea OAuth2"` };
  return { ...refusal, headers: { ...refusal.headers, ...asked } };
}

function plainRefusal(body: string): TextResponse {
  return { status: 401, headers: { 'content-type': 'text/plain;charset=utf-8' }, body };
}

/** Documents of OpenID Connect come without a word of their letters. */
function bareJson(body: object): TextResponse {
  return { ...json(200, body), headers: { 'content-type': 'application/json' } };
}

function json(status: number, body: object): TextResponse {
  const headers = { 'content-type': 'application/json;charset=utf-8' };
  return { status, headers, body: JSON.stringify(body) };
}

function html(status: number, title: string): TextResponse {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!DOCTYPE html>\n<html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`,
  };
}

function notFound(): TextResponse {
  return { status: 404, headers: { 'content-type': 'text/plain;charset=utf-8' }, body: 'Not found.\n' };
}
