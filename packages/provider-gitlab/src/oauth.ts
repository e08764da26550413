import type { OAuthDescription } from '@anyforge/provider-kit';
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
    clientCheck: { style: 'refresh' },
    deviceAuthorizationUrl: `${webUrl}/oauth/authorize_device`,
  };
}
