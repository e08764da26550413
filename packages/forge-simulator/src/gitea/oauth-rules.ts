import type { IssuedTokens } from '../oauth/grants.js';
import type { OAuthErrorAnswer, OAuthRules } from '../oauth/rules.js';
import type { SecretShape } from '../secret-text.js';
import type { GiteaWords } from './profile.js';

const oneHour = 3600;
/** 730 hours. */
const oneMonth = 2_628_000;
const clientId: SecretShape = { prefix: '', length: 32, alphabet: 'hexadecimal' };

/** Every refusal of the token endpoint has the status 400. */
function refused(error: string, description: string): OAuthErrorAnswer {
  return { status: 400, error, description };
}

const noCode = refused('unauthorized_client', 'client is not authorized');
const noVerifier = refused('unauthorized_client', 'failed PKCE code challenge');
const noRefreshToken = refused('unauthorized_client', 'unable to parse refresh token');
const otherGrantType = refused(
  'unsupported_grant_type',
  'Only refresh_token or authorization_code grant type is supported',
);

/**
 * How Gitea and Forgejo do OAuth.
 *
 * @param words how some of it is refused
 * @param invalidatesRefreshTokens whether a refresh ends the refresh tokens before it, as an instance may be set to
 * @see https://docs.gitea.com/development/oauth2-provider
 */
export function giteaOAuthRules(words: GiteaWords, invalidatesRefreshTokens: boolean): OAuthRules {
  const otherAddress = refused(...words.redirectUriMismatch);
  return {
    forge: 'Gitea',
    paths: { authorize: '/login/oauth/authorize', token: '/login/oauth/access_token' },
    kinds: {
      application: {
        clientId,
        clientSecret: { prefix: 'gto_', length: 52, alphabet: 'hexadecimal' },
        accessTokenSeconds: oneHour,
        refreshToken: { prefix: 'eyJ', length: 180, alphabet: 'alphanumeric' },
        refreshTokenSeconds: oneMonth,
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
      challengeOfPublicClients: 'required',
      laterScopes: 'first',
      codeSeconds: 600,
      code: { prefix: 'gta_', length: 52, alphabet: 'hexadecimal' },
    },
    token: {
      checksFirst: 'client',
      acceptsJson: false,
      clientAuthentication: ['basic', 'post'],
      grantType: 'required',
      redirectUri: 'required',
      redirectUriAtRefresh: 'ignored',
      unaskedVerifier: 'ignored',
      answers: 'json',
      contentType: 'application/json;charset=utf-8',
      fields: ({ accessToken, refreshToken, expiresIn }: IssuedTokens) => ({
        access_token: accessToken,
        token_type: 'bearer',
        expires_in: expiresIn,
        refresh_token: refreshToken,
      }),
    },
    rotation: {
      oldRefreshTokenSeconds: invalidatesRefreshTokens ? 0 : oneMonth,
      oldAccessToken: 'lives-on',
      oneForAllSignIns: invalidatesRefreshTokens,
    },
    errors: {
      'access-denied': refused('access_denied', 'the request is denied'),
      'unsupported-response-type': refused(
        'unsupported_response_type',
        'Only code response type is supported.',
      ),
      'missing-response-type': refused('unsupported_response_type', 'Only code response type is supported.'),
      'invalid-challenge': refused('invalid_request', 'unsupported code challenge method'),
      'missing-challenge': refused('invalid_request', 'PKCE is required for public clients'),
      'other-scopes': refused('server_error', 'a grant exists with different scope'),
      'missing-parameter': (sent) => whatIsMissing(sent, otherAddress),
      'unsupported-grant-type': otherGrantType,
      'unknown-client': (sent) => {
        const quote = sent.get('grant_type') === 'refresh_token' ? '"' : "'";
        const named = `${quote}${sent.get('client_id') ?? ''}${quote}`;
        return refused('invalid_client', `cannot load client with client id: ${named}`);
      },
      'bad-client': (sent) =>
        refused(
          sent.get('grant_type') === 'refresh_token' ? 'invalid_client' : 'unauthorized_client',
          sent.has('client_secret') ? 'invalid client secret' : 'invalid empty client secret',
        ),
      'bad-code': noCode,
      'bad-verifier': noVerifier,
      'redirect-uri-mismatch': otherAddress,
      'foreign-redirect-uri': refused('unauthorized_client', 'unexpected redirect URI'),
      'bad-refresh-token': noRefreshToken,
      'foreign-refresh-token': refused(...words.foreignRefreshToken),
      'spent-refresh-token': refused('unauthorized_client', 'token was already used'),
      'ended-grant': refused('invalid_grant', 'grant does not exist'),
    },
  };
}

/** What is not sent is looked for all the same, and is not the right one. */
function whatIsMissing(sent: URLSearchParams, otherAddress: OAuthErrorAnswer): OAuthErrorAnswer {
  const grantType = sent.get('grant_type');
  if (grantType === 'refresh_token') return noRefreshToken;
  if (grantType !== 'authorization_code') return otherGrantType;
  if (!sent.has('code')) return noCode;
  return sent.has('redirect_uri') ? noVerifier : otherAddress;
}
