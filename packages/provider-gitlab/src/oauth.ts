import type { OAuthHelp } from '@anyforge/core';
import type { OAuthDescription } from '@anyforge/provider-kit';
import { parseRedirectUri } from '@anyforge/provider-kit';
import type { GitlabHost } from './host.js';
import { neededScopes } from './scopes.js';

/**
 * How GitLab does OAuth. A refresh ends both the old access token and the old refresh token at once.
 *
 * @see https://docs.gitlab.com/api/oauth2/
 */
export function describeOAuth({ webUrl }: GitlabHost): OAuthDescription {
  return {
    issuer: webUrl,
    iss: 'ignored',
    authorizationUrl: `${webUrl}/oauth/authorize`,
    tokenUrl: `${webUrl}/oauth/token`,
    pkce: true,
    clientAuthentication: 'post',
    scopes: neededScopes,
    redirectUriAtRefresh: true,
    errors: [],
    revocation: { style: 'standard', url: `${webUrl}/oauth/revoke` },
    // A refresh would tell nothing: there GitLab looks at the token before the client, at an exchange at the parameters.
    // https://github.com/doorkeeper-gem/doorkeeper/tree/main/lib/doorkeeper/oauth
    clientCheck: { style: 'code', redirectUri: webUrl },
    deviceAuthorizationUrl: `${webUrl}/oauth/authorize_device`,
  };
}

/**
 * What is entered where an application is registered.
 *
 * @throws ProviderError `invalid_request` when no browser could come back to the redirect URI
 * @see https://docs.gitlab.com/integration/oauth_provider/
 */
export function oauthHelp({ webUrl }: GitlabHost, redirectUri: string): OAuthHelp {
  parseRedirectUri('gitlab', redirectUri);
  return {
    registerUrl: `${webUrl}/-/user_settings/applications`,
    fields: [
      { label: 'Name', value: 'anyforge', copy: true },
      { label: 'Redirect URI', value: redirectUri, copy: true },
      { label: 'Confidential', value: 'yes', copy: false },
      { label: 'Scopes', value: neededScopes.join(', '), copy: false },
    ],
    hints: [
      'An application of your own account works for everybody. It can also belong to a group (in its settings) or to the whole instance (in the admin area).',
      'The secret is shown only once. An application that is not confidential needs none.',
    ],
  };
}
