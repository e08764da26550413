import type { OAuthHelp } from '@anyforge/core';
import type { OAuthDescription, OAuthErrorRow } from '@anyforge/provider-kit';
import { parseRedirectUri, splitScopes } from '@anyforge/provider-kit';
import { provider } from './api.js';
import type { GiteaHost } from './host.js';
import { neededScopes } from './scopes.js';

const source = 'https://github.com/go-gitea/gitea/blob/main/routers/web/auth/oauth2_provider.go';

/** Gitea says `unauthorized_client` of the client, of its redirect URI, and of codes and refresh tokens that ended. */
const errors: readonly OAuthErrorRow[] = [
  {
    code: ['unauthorized_client', 'invalid_client'],
    description: /client secret|client id/i,
    kind: 'client_rejected',
    see: source,
  },
  {
    code: ['unauthorized_client', 'invalid_grant'],
    description: /redirect[ _]uri/i,
    kind: 'redirect_rejected',
    see: source,
  },
  {
    code: 'unauthorized_client',
    description: /refresh token|already used|not authorized|pkce/i,
    kind: 'grant_expired',
    see: source,
  },
  {
    code: 'server_error',
    description: /different scope/i,
    kind: 'access_denied',
    repair:
      'The application was allowed other scopes before. Revoke it in Gitea, in your settings under Applications, and sign in again.',
    see: source,
  },
];

/**
 * How Gitea and Forgejo do OAuth. The addresses are always below the web address; those in the discovery document are
 * made of the instance's own settings, and not followed.
 *
 * @see https://docs.gitea.com/development/oauth2-provider
 */
export function describeOAuth({ webUrl }: GiteaHost): OAuthDescription {
  return {
    issuer: webUrl,
    iss: 'ignored',
    authorizationUrl: `${webUrl}/login/oauth/authorize`,
    tokenUrl: `${webUrl}/login/oauth/access_token`,
    pkce: true,
    clientAuthentication: 'post',
    scopes: neededScopes,
    redirectUriAtRefresh: false,
    // An earlier consent keeps its scopes, whatever is asked for now.
    readScopes: ({ scope }) => (typeof scope === 'string' ? splitScopes(scope) : 'untold'),
    errors,
    clientCheck: { style: 'refresh' },
  };
}

/**
 * What is entered where an application is registered.
 *
 * @throws ProviderError `invalid_request` when no browser could come back to the redirect URI
 * @see https://docs.gitea.com/development/oauth2-provider
 */
export function oauthHelp({ webUrl }: GiteaHost, redirectUri: string): OAuthHelp {
  parseRedirectUri(provider, redirectUri);
  return {
    registerUrl: `${webUrl}/user/settings/applications`,
    fields: [
      { label: 'Application name', value: 'anyforge', copy: true },
      { label: 'Redirect URIs', value: redirectUri, copy: true },
      { label: 'Confidential client', value: 'yes', copy: false },
    ],
    hints: [
      'An application of a person serves everybody. It can also belong to an organization, in its settings, or to the whole instance, in the site administration.',
      'The secret is shown once. An application that is not a confidential client needs none.',
      'Scopes are asked for at each sign-in; nothing is ticked here.',
    ],
  };
}
