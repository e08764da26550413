import type { AccessTokenRequest, IssuedTokens } from '../oauth/grants.js';
import type { OAuthRules } from '../oauth/rules.js';
import type { BitbucketCloudTokenRequest } from './tokens.js';

const twoHours = 7_200;
const tenMinutes = 600;
const threeMonths = 7_776_000;
const refreshTokenLength = 2_600;

/**
 * How Bitbucket Cloud does OAuth: no PKCE, the scopes are the consumer's, and a refresh token still works for some
 * minutes after it was used.
 * @see https://support.atlassian.com/bitbucket-cloud/docs/use-oauth-on-bitbucket-cloud/
 */
export const bitbucketCloudOAuthRules: OAuthRules = {
  forge: 'Bitbucket',
  paths: { authorize: '/site/oauth2/authorize', token: '/site/oauth2/access_token' },
  kinds: {
    consumer: {
      clientId: { prefix: '', length: 18, alphabet: 'alphanumeric' },
      clientSecret: { prefix: '', length: 32, alphabet: 'alphanumeric' },
      accessTokenSeconds: twoHours,
      refreshToken: { prefix: '', length: refreshTokenLength, alphabet: 'alphanumeric' },
      refreshTokenSeconds: threeMonths,
      scopes: 'registered',
    },
  },
  authorization: {
    responseType: 'required',
    redirectUri: 'optional',
    registered: 'below',
    unregistered: 'page',
    unknownClientStatus: 400,
    scopeSeparator: /\s+/,
    challengeMethods: [],
    codeSeconds: tenMinutes,
    code: { prefix: '', length: 18, alphabet: 'alphanumeric' },
  },
  token: {
    checksFirst: 'client',
    acceptsJson: false,
    clientAuthentication: ['basic'],
    grantType: 'required',
    redirectUri: 'when-given',
    redirectUriAtRefresh: 'ignored',
    unaskedVerifier: 'ignored',
    answers: 'json',
    fields: ({ accessToken, refreshToken, expiresIn, scopes, grantType }: IssuedTokens) => ({
      scopes: scopes.join(' '),
      access_token: accessToken,
      expires_in: expiresIn,
      token_type: 'bearer',
      state: grantType,
      refresh_token: refreshToken,
    }),
  },
  rotation: { oldRefreshTokenSeconds: tenMinutes, oldAccessToken: 'lives-on' },
  errors: {
    'bad-client': {
      status: 400,
      error: 'unauthorized_client',
      description: 'Invalid OAuth client credentials',
    },
    'bad-refresh-token': { status: 400, error: 'invalid_request', description: 'Invalid refresh_token' },
  },
};

/** What Bitbucket issues to a consumer. */
export function tokenForClient({
  client,
  person,
  scopes,
  expiresAt,
}: AccessTokenRequest): BitbucketCloudTokenRequest {
  const expiry = expiresAt === undefined ? {} : { expiresAt };
  return { kind: 'oauth', person, scopes, consumer: client.clientId, ...expiry };
}
