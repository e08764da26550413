import type { IssuedTokens } from '../oauth/grants.js';
import type { OAuthRules } from '../oauth/rules.js';
import type { SecretShape } from '../secret-text.js';

const twoHours = 7200;
const hexadecimal: SecretShape = { prefix: '', length: 64, alphabet: 'hexadecimal' };

/** The words are those of Doorkeeper, which GitLab is an authorization server with. */
const words = {
  request:
    'The request is missing a required parameter, includes an unsupported parameter value, or is otherwise malformed.',
  client:
    'Client authentication failed due to unknown client, no client authentication included, or unsupported ' +
    'authentication method.',
  grant:
    'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the ' +
    'authorization request, or was issued to another client.',
  revocation: 'You are not authorized to revoke this token',
  denied: 'The resource owner or authorization server denied the request.',
};
const badGrant = { status: 400, error: 'invalid_grant', description: words.grant };
const badRevocation = { status: 403, error: 'unauthorized_client', description: words.revocation };
const badRequest = { status: 400, error: 'invalid_request', description: words.request };

/**
 * How GitLab does OAuth.
 * @see https://docs.gitlab.com/api/oauth2/
 * @see https://github.com/doorkeeper-gem/doorkeeper/tree/main/lib/doorkeeper/oauth
 * @see https://github.com/doorkeeper-gem/doorkeeper/blob/main/config/locales/en.yml
 */
export const gitlabOAuthRules: OAuthRules = {
  forge: 'GitLab',
  paths: {
    authorize: '/oauth/authorize',
    token: '/oauth/token',
    revoke: '/oauth/revoke',
    device: '/oauth/authorize_device',
    deviceVerification: '/oauth/device',
  },
  kinds: {
    application: {
      clientId: hexadecimal,
      clientSecret: { prefix: 'gloas-', length: 64, alphabet: 'hexadecimal' },
      accessTokenSeconds: twoHours,
      refreshToken: hexadecimal,
      scopes: 'asked',
    },
  },
  authorization: {
    responseType: 'required',
    redirectUri: 'required',
    registered: 'exact',
    unregistered: 'page',
    unknownClientStatus: 401,
    scopeSeparator: /\s+/,
    defaultScopes: ['api'],
    challengeMethods: ['S256', 'plain'],
    codeSeconds: 600,
    code: hexadecimal,
  },
  token: {
    checksFirst: 'request',
    acceptsJson: false,
    clientAuthentication: ['basic', 'post'],
    grantType: 'required',
    redirectUri: 'required',
    // The documentation asks for it. Not every version compares it; the strictest is shown.
    redirectUriAtRefresh: 'required',
    unaskedVerifier: 'refused',
    answers: 'json',
    fields: ({ accessToken, refreshToken, expiresIn, scopes, issuedAt }: IssuedTokens) => ({
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: expiresIn,
      refresh_token: refreshToken,
      scope: scopes.join(' '),
      created_at: Math.floor(issuedAt.getTime() / 1000),
    }),
  },
  rotation: { oldRefreshTokenSeconds: 0, oldAccessToken: 'ends' },
  device: {
    withoutSecret: false,
    seconds: 300,
    intervalSeconds: 5,
    slowDownSeconds: 5,
    deviceCode: { prefix: '', length: 43, alphabet: 'alphanumeric' },
    completeUri: true,
  },
  errors: {
    'access-denied': { status: 302, error: 'access_denied', description: words.denied },
    'unsupported-response-type': {
      status: 302,
      error: 'unsupported_response_type',
      description: 'The authorization server does not support this response type.',
    },
    'missing-response-type': badRequest,
    'invalid-scope': {
      status: 400,
      error: 'invalid_scope',
      description: 'The requested scope is invalid, unknown, or malformed.',
    },
    'invalid-challenge': badRequest,
    'missing-parameter': badRequest,
    'unsupported-grant-type': {
      status: 400,
      error: 'unsupported_grant_type',
      description: 'The authorization grant type is not supported by the authorization server.',
    },
    'bad-client': { status: 401, error: 'invalid_client', description: words.client },
    'bad-code': badGrant,
    'bad-verifier': badGrant,
    'redirect-uri-mismatch': badGrant,
    'bad-refresh-token': badGrant,
    'revoking-client-unknown': badRevocation,
    'revoking-not-own': badRevocation,
    'device-unknown': badGrant,
  },
};
