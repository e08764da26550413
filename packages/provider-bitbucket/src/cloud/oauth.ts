import type { OAuthHelp } from '@anyforge/core';
import type { OAuthDescription } from '@anyforge/provider-kit';
import { splitScopes } from '@anyforge/provider-kit';
import type { BitbucketHost } from './host.js';

const documentation = 'https://support.atlassian.com/bitbucket-cloud/docs/use-oauth-on-bitbucket-cloud/';

/**
 * How Bitbucket Cloud does OAuth: the scopes are those of the consumer, there is no PKCE, and nothing can be revoked. A
 * refresh token is good for one use and some minutes more; consumers that do not rotate yet get none back, and keep it.
 *
 * @see https://developer.atlassian.com/cloud/bitbucket/oauth-2/
 */
export function describeOAuth({ webUrl }: BitbucketHost): OAuthDescription {
  return {
    issuer: webUrl,
    iss: 'ignored',
    authorizationUrl: `${webUrl}/site/oauth2/authorize`,
    tokenUrl: `${webUrl}/site/oauth2/access_token`,
    pkce: false,
    clientAuthentication: 'basic',
    scopes: [],
    redirectUriAtRefresh: false,
    readScopes: ({ scopes, scope }) => {
      const granted = scopes ?? scope;
      return typeof granted === 'string' ? splitScopes(granted) : 'untold';
    },
    errors: [
      {
        code: 'unauthorized_client',
        description: /client credentials/i,
        kind: 'client_rejected',
        repair: "Give the key and the secret of the workspace's OAuth consumer again.",
        see: documentation,
      },
      {
        code: 'invalid_request',
        description: /invalid refresh_token/i,
        kind: 'grant_expired',
        see: documentation,
      },
    ],
    clientCheck: { style: 'refresh' },
  };
}

/**
 * What an administrator of a workspace enters where an OAuth consumer is added.
 *
 * @see https://support.atlassian.com/bitbucket-cloud/docs/use-oauth-on-bitbucket-cloud/
 */
export function oauthHelp({ webUrl }: BitbucketHost, redirectUri: string): OAuthHelp {
  return {
    registerUrl: `${webUrl}/account/workspaces/`,
    fields: [
      { label: 'Name', value: 'anyforge', copy: true },
      { label: 'Callback URL', value: redirectUri, copy: true },
      { label: 'This is a private consumer', value: 'ticked', copy: false },
      { label: 'Permissions: Account', value: 'Email, Read', copy: false },
      { label: 'Permissions: Repositories', value: 'Read', copy: false },
    ],
    hints: [
      'Open a workspace that you administer, then its settings, then "OAuth consumers", and add a consumer.',
      'Everybody who signs in is asked for the permissions that are ticked there.',
      'Everybody who signs in shares the hourly limit of the consumer.',
    ],
  };
}
