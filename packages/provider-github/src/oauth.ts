import type { OAuthHelp } from '@anyforge/core';
import type {
  OAuthClient,
  OAuthClientCheck,
  OAuthDescription,
  OAuthErrorRow,
  OAuthRevocation,
  TokenAnswer,
} from '@anyforge/provider-kit';
import { basicAuthorization, parseRedirectUri, splitScopes } from '@anyforge/provider-kit';
import type { GithubHost } from './host.js';
import { neededScopes } from './scopes.js';

const deviceErrors =
  'https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps#error-codes-for-the-device-flow';
const authorizationErrors =
  'https://docs.github.com/apps/oauth-apps/maintaining-oauth-apps/troubleshooting-authorization-request-errors';
const tokenErrors =
  'https://docs.github.com/apps/oauth-apps/maintaining-oauth-apps/troubleshooting-oauth-app-access-token-request-errors';
const refreshing =
  'https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/refreshing-user-access-tokens';
const applicationTokens = 'https://docs.github.com/rest/apps/oauth-applications#delete-an-app-token';

/** Most of these come with a 200. */
const errors: readonly OAuthErrorRow[] = [
  { code: 'redirect_uri_mismatch', kind: 'redirect_rejected', see: authorizationErrors },
  {
    code: 'application_suspended',
    kind: 'client_rejected',
    repair: 'GitHub has suspended this application: its owner has to ask GitHub support.',
    see: authorizationErrors,
  },
  { code: 'incorrect_client_credentials', kind: 'client_rejected', see: tokenErrors },
  { code: 'bad_verification_code', kind: 'grant_expired', see: tokenErrors },
  {
    code: 'unverified_user_email',
    kind: 'access_denied',
    repair: 'Verify the primary e-mail address of your GitHub account, then sign in again.',
    see: tokenErrors,
  },
  { code: 'bad_refresh_token', kind: 'grant_expired', see: refreshing },
  { code: ['token_expired', 'incorrect_device_code'], kind: 'grant_expired', see: deviceErrors },
  {
    code: 'device_flow_disabled',
    kind: 'unsupported',
    repair: 'Turn on the device flow in the settings of the application.',
    see: deviceErrors,
  },
];

/** What GitHub says to a code that is none, and to a client that is none, is documented; of refresh tokens it is not. */
const clientCheck: OAuthClientCheck = { style: 'code' };

/** Ends one token; the application proves itself with its secret. */
function revocation({ apiUrl, apiVersion }: GithubHost): OAuthRevocation {
  return {
    style: 'own',
    request: (client, accessToken) => ({
      method: 'DELETE',
      url: `${apiUrl}/applications/${encodeURIComponent(client.clientId)}/token`,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: basicAuthorization(client),
        'content-type': 'application/json',
        'x-github-api-version': apiVersion,
      },
      body: JSON.stringify({ access_token: accessToken }),
    }),
    // 404 is for a token that is not valid, and for one of another application.
    statuses: { 404: 'not-valid', 401: 'client_rejected', 403: 'forbidden', 422: 'invalid_request' },
    see: applicationTokens,
  };
}

/**
 * How GitHub does OAuth, for OAuth Apps and GitHub Apps alike. The code verifier is always sent: a server that does not
 * know PKCE does not look at it, as OAuth has it for parameters that are not recognized. An application without its
 * secret can use the device flow, and neither end a token nor be checked.
 *
 * GitHub.com names its issuer in callbacks since 2026, but has taken that back once: one without it is taken. What
 * Enterprise Server and ghe.com publish of their issuer is incorrect, says the documentation: theirs is not looked at.
 *
 * @see https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps
 * @see https://docs.github.com/apps/github-authentication-discovery-endpoints
 */
export function describeOAuth(host: GithubHost, { clientId, clientSecret }: OAuthClient): OAuthDescription {
  const { webUrl } = host;
  return {
    issuer: `${webUrl}/login/oauth`,
    iss: host.product === 'GitHub' ? 'checked-when-sent' : 'ignored',
    authorizationUrl: `${webUrl}/login/oauth/authorize`,
    tokenUrl: `${webUrl}/login/oauth/access_token`,
    deviceAuthorizationUrl: `${webUrl}/login/device/code`,
    pkce: true,
    clientAuthentication: 'post',
    scopes: isGithubApp(clientId) ? [] : neededScopes,
    selectAccountParameters: { prompt: 'select_account' },
    redirectUriAtRefresh: false,
    readScopes,
    errors,
    ...(clientSecret !== undefined && { revocation: revocation(host), clientCheck }),
  };
}

/** What an administrator enters where an OAuth App is registered; a GitHub App will do as well. */
export function oauthHelp({ webUrl }: GithubHost, redirectUri: string): OAuthHelp {
  return {
    registerUrl: `${webUrl}/settings/applications/new`,
    fields: [
      { label: 'Application name', value: 'anyforge', copy: true },
      { label: 'Homepage URL', value: parseRedirectUri('github', redirectUri).origin, copy: true },
      { label: 'Authorization callback URL', value: redirectUri, copy: true },
    ],
    hints: [
      'After registering, generate a client secret, and enter it here with the client ID.',
      'If the application should belong to an organization, register it in the developer settings of that organization.',
      'An organization that restricts OAuth Apps does not show its repositories until an owner approves the application.',
      'Tick "Enable Device Flow" if people should be able to sign in with a code, on any device.',
      `A GitHub App (${webUrl}/settings/apps/new) works too, with the same callback URL: it needs the permissions ` +
        'Metadata: read and Members: read, and shows private repositories only where it is installed. ' +
        'Its client ID begins with Iv.',
    ],
  };
}

/**
 * A GitHub App has permissions instead of scopes. Its client ID begins with `Iv` in all that GitHub shows of them; an
 * OAuth App's is hexadecimal or begins with `Ov`. An OAuth App taken for a GitHub App would be granted nothing private,
 * so that whatever is in doubt is asked for scopes.
 *
 * @see https://docs.github.com/rest/apps/oauth-applications
 */
function isGithubApp(clientId: string): boolean {
  return clientId.startsWith('Iv');
}

/** `repo,read:org`. The empty scope of a GitHub App's user token says nothing: what it may do is in the app's settings. */
function readScopes({ access_token: token, scope }: TokenAnswer): readonly string[] | 'untold' | undefined {
  if (token.startsWith('ghu_')) return 'untold';
  return typeof scope === 'string' ? splitScopes(scope) : undefined;
}
