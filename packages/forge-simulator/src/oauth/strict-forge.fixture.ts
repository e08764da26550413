import { createHash } from 'node:crypto';
import { systemClock } from '../http/clock.js';
import type { Clock } from '../http/clock.js';
import { openForge } from '../http/open-forge.js';
import { toBytes } from '../http/message.js';
import { secretText } from '../secret-text.js';
import type { SecretShape } from '../secret-text.js';
import { createWorld } from '../world/world.js';
import type { NewOAuthClient } from './clients.js';
import type { OAuthRules } from './rules.js';
import { OAuthServer } from './server.js';

const shape: SecretShape = { prefix: '', length: 16, alphabet: 'hexadecimal' };
const tokenShape: SecretShape = { ...shape, prefix: 'at-' };

/** The rules of a forge that does what GitHub does not. */
export const strictRules: OAuthRules = {
  forge: 'Strict',
  paths: { authorize: '/authorize', token: '/token', revoke: '/revoke' },
  kinds: {
    application: {
      clientId: shape,
      clientSecret: shape,
      accessTokenSeconds: 7200,
      refreshToken: { ...shape, prefix: 'rt-' },
      scopes: 'asked',
    },
    consumer: { clientId: shape, clientSecret: shape, scopes: 'registered' },
  },
  authorization: {
    responseType: 'required',
    redirectUri: 'required',
    registered: 'exact',
    unregistered: 'page',
    unknownClientStatus: 401,
    scopeSeparator: /\s+/,
    challengeMethods: ['S256', 'plain'],
    codeSeconds: 60,
    code: shape,
    issuerPath: '',
  },
  token: {
    checksFirst: 'client',
    acceptsJson: false,
    clientAuthentication: ['basic'],
    grantType: 'required',
    redirectUri: 'required',
    redirectUriAtRefresh: 'required',
    unaskedVerifier: 'refused',
    answers: 'json',
    fields: ({ accessToken, refreshToken, expiresIn, scopes }) => ({
      access_token: accessToken,
      refresh_token: refreshToken,
      expires_in: expiresIn,
      scope: scopes.join(' '),
    }),
  },
  rotation: { oldRefreshTokenSeconds: 600, oldAccessToken: 'lives-on' },
  errors: {},
};

export const callback = 'https://app.test/callback';
export const plainVerifier = createHash('sha256').update('a verifier').digest('hex');

/** A forge that is nothing but an authorization server, with one application and one person. */
export async function openStrictForge({
  rules = strictRules,
  clock = systemClock,
  client: request = {},
}: {
  readonly rules?: OAuthRules;
  readonly clock?: Clock;
  readonly client?: Partial<NewOAuthClient>;
} = {}) {
  const world = createWorld();
  const ada = world.addPerson({ username: 'ada' });
  const good = new Set<string>();
  const forge = await openForge({
    layout: { separateApi: false, webPrefix: '/forge', apiPrefix: '/forge/api' },
    clock,
    latency: undefined,
    face: ({ webUrl }) => {
      let issued = 0;
      const tokens = {
        issue: () => {
          issued += 1;
          const value = secretText(tokenShape, String(issued));
          good.add(value);
          return value;
        },
        revoke: (value: string) => good.delete(value),
      };
      const oauth = new OAuthServer({ rules, world, tokens, clock, webUrl });
      const nothing = toBytes({ status: 404, headers: {}, body: '' });
      return {
        parts: { oauth },
        answer: (each) => oauth.answer(each) ?? nothing,
        withNextPage: (response) => response,
      };
    },
  });
  const { oauth, webUrl } = forge;
  const client = oauth.registerClient({
    name: 'anyforge',
    redirectUris: [callback],
    scopes: ['read', 'write'],
    ...request,
  });
  const { clientId, clientSecret = '' } = client;

  const authorizationUrl = (changes: Record<string, string | undefined> = {}): string => {
    const url = new URL(`${webUrl}/authorize`);
    const parameters: Record<string, string | undefined> = {
      client_id: clientId,
      redirect_uri: callback,
      response_type: 'code',
      ...changes,
    };
    for (const [name, value] of Object.entries(parameters))
      if (value !== undefined) url.searchParams.set(name, value);
    return url.href;
  };
  const approve = async (changes: Record<string, string | undefined> = {}): Promise<URL> =>
    new URL(await oauth.approve(authorizationUrl(changes), { person: ada }));
  const post = async (path: string, form: Record<string, string>, headers: Record<string, string> = {}) => {
    const response = await fetch(webUrl + path, { method: 'POST', body: new URLSearchParams(form), headers });
    const body: unknown = JSON.parse(await response.text());
    return { status: response.status, headers: response.headers, body };
  };
  const basic = { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` };
  return { ...forge, client, ada, good, authorizationUrl, approve, post, basic };
}
