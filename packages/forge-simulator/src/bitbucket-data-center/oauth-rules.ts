import type { IssuedTokens } from '../oauth/grants.js';
import type { OAuthRules } from '../oauth/rules.js';

const oneHour = 3_600;
const ninetyDays = 7_776_000;

/**
 * How Bitbucket Data Center does OAuth for applications that are linked to it. Its pages document the endpoints, the
 * flows, the scopes and how long codes and access tokens live; others have found that a refresh must name the redirect
 * address. What becomes of a refresh token that was used is left open: here it dies.
 *
 * @see https://confluence.atlassian.com/display/BITBUCKETSERVER091/Bitbucket+OAuth+2.0+provider+API
 * @see https://mrrefactoring.github.io/jira.js/api/functions/index.refreshServerOAuth2Token
 */
export const bitbucketDataCenterOAuthRules: OAuthRules = {
  forge: 'Bitbucket',
  paths: {
    authorize: '/rest/oauth2/latest/authorize',
    token: '/rest/oauth2/latest/token',
    revoke: '/rest/oauth2/latest/revoke',
  },
  kinds: {
    'application-link': {
      clientId: { prefix: '', length: 32, alphabet: 'hexadecimal' },
      clientSecret: { prefix: '', length: 64, alphabet: 'hexadecimal' },
      accessTokenSeconds: oneHour,
      refreshToken: { prefix: '', length: 64, alphabet: 'alphanumeric' },
      refreshTokenSeconds: ninetyDays,
      scopes: 'asked',
    },
  },
  authorization: {
    responseType: 'required',
    redirectUri: 'required',
    registered: 'exact',
    unregistered: 'page',
    unknownClientStatus: 400,
    scopeSeparator: /\s+/,
    challengeMethods: ['S256', 'plain'],
    codeSeconds: 600,
    code: { prefix: '', length: 32, alphabet: 'hexadecimal' },
  },
  token: {
    checksFirst: 'client',
    acceptsJson: false,
    // The documentation knows the id and the secret as parameters only.
    clientAuthentication: ['post'],
    grantType: 'required',
    redirectUri: 'required',
    redirectUriAtRefresh: 'required',
    unaskedVerifier: 'refused',
    answers: 'json',
    fields: ({ accessToken, refreshToken, expiresIn, issuedAt, scopes }: IssuedTokens) => ({
      access_token: accessToken,
      token_type: 'bearer',
      expires_in: expiresIn,
      refresh_token: refreshToken,
      scope: scopes.join(' '),
      created_at: Math.floor(issuedAt.getTime() / 1000),
    }),
  },
  rotation: { oldRefreshTokenSeconds: 0, oldAccessToken: 'ends' },
  errors: {},
};
