import type { OAuthErrorAnswer, OAuthRules } from '../oauth/rules.js';
import type { IssuedTokens } from '../oauth/grants.js';
import type { SecretShape } from '../secret-text.js';
import type { GithubProfile } from './profile.js';

const clientSecret: SecretShape = { prefix: '', length: 40, alphabet: 'hexadecimal' };
const eightHours = 28_800;
const sixMonths = 15_897_600;
const aboutAuthorization =
  '/apps/building-integrations/setting-up-and-registering-oauth-apps/troubleshooting-authorization-request-errors/';
const aboutTokens = '/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors/';

const badCode = refused(
  'bad_verification_code',
  'The code passed is incorrect or expired.',
  'bad-verification-code',
);

/**
 * How GitHub does OAuth. What is wrong with a request for tokens is told with a status of 200.
 * @see https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps
 * @see https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/refreshing-user-access-tokens
 */
export const githubOAuthRules = ({ issuerPath }: Pick<GithubProfile, 'issuerPath'>): OAuthRules => ({
  forge: 'GitHub',
  paths: {
    authorize: '/login/oauth/authorize',
    token: '/login/oauth/access_token',
    device: '/login/device/code',
    deviceVerification: '/login/device',
  },
  kinds: {
    'oauth-app': {
      clientId: { prefix: 'Ov23li', length: 14, alphabet: 'alphanumeric' },
      clientSecret,
      scopes: 'asked',
    },
    'github-app': {
      clientId: { prefix: 'Iv23li', length: 14, alphabet: 'alphanumeric' },
      clientSecret,
      accessTokenSeconds: eightHours,
      refreshToken: { prefix: 'ghr_', length: 76, alphabet: 'alphanumeric' },
      refreshTokenSeconds: sixMonths,
      scopes: 'none',
    },
  },
  authorization: {
    responseType: 'optional',
    redirectUri: 'optional',
    registered: 'below-or-sub-domain',
    unregistered: 'redirect',
    unknownClientStatus: 404,
    scopeSeparator: /[\s,]+/,
    defaultScopes: [],
    loginParameter: 'login',
    challengeMethods: ['S256'],
    codeSeconds: 600,
    code: { prefix: '', length: 20, alphabet: 'hexadecimal' },
    issuerPath,
  },
  token: {
    checksFirst: 'client',
    acceptsJson: true,
    // The documentation knows the id and the secret as parameters only.
    clientAuthentication: ['post'],
    grantType: 'optional',
    redirectUri: 'when-given',
    redirectUriAtRefresh: 'ignored',
    // What becomes of one is documented nowhere.
    unaskedVerifier: 'ignored',
    answers: 'form',
    fields: ({ accessToken, refreshToken, expiresIn, refreshTokenExpiresIn, scopes }: IssuedTokens) => ({
      access_token: accessToken,
      expires_in: expiresIn,
      refresh_token: refreshToken,
      refresh_token_expires_in: refreshTokenExpiresIn,
      scope: scopes.join(','),
      token_type: 'bearer',
    }),
  },
  rotation: { oldRefreshTokenSeconds: 0, oldAccessToken: 'ends' },
  device: {
    withoutSecret: true,
    seconds: 900,
    intervalSeconds: 5,
    slowDownSeconds: 5,
    deviceCode: { prefix: '', length: 40, alphabet: 'hexadecimal' },
    completeUri: false,
  },
  errors: {
    'access-denied': {
      status: 302,
      error: 'access_denied',
      description: 'The user has denied your application access.',
      uri: `${aboutAuthorization}#access-denied`,
    },
    'unregistered-redirect-uri': {
      status: 302,
      error: 'redirect_uri_mismatch',
      description: 'The redirect_uri MUST match the registered callback URL for this application.',
      uri: `${aboutAuthorization}#redirect-uri-mismatch`,
    },
    'missing-parameter': badCode,
    'bad-client': refused(
      'incorrect_client_credentials',
      'The client_id and/or client_secret passed are incorrect.',
      'incorrect-client-credentials',
    ),
    'bad-code': badCode,
    // Which error a wrong verifier gets is documented nowhere: the code cannot be exchanged.
    'bad-verifier': badCode,
    'redirect-uri-mismatch': refused(
      'redirect_uri_mismatch',
      'The redirect_uri MUST match the registered callback URL for this application.',
      'redirect-uri-mismatch2',
    ),
    'bad-refresh-token': refused('bad_refresh_token', 'The refresh token passed is incorrect or expired.'),
    'unsupported-grant-type': refused('unsupported_grant_type'),
    'device-disabled': refused('device_flow_disabled'),
    'device-unknown': refused('incorrect_device_code'),
    'device-pending': refused('authorization_pending'),
    'device-slow-down': refused('slow_down'),
    'device-expired': refused('expired_token'),
    'device-denied': refused('access_denied'),
  },
});

function refused(error: string, description?: string, anchor?: string): OAuthErrorAnswer {
  return {
    status: 200,
    error,
    description,
    uri: anchor === undefined ? undefined : `${aboutTokens}#${anchor}`,
  };
}
