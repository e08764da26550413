import type { OAuthHelp } from '@anyforge/core';
import type { OAuthDescription } from '@anyforge/provider-kit';
import type { BitbucketDataCenterHost } from './host.js';
import { neededScopes } from './scopes.js';

/**
 * How Bitbucket does OAuth. The code verifier is always sent, the secret as a parameter: its pages know no other way. A
 * refresh without the redirect address is refused, though no standard asks for it.
 *
 * @see https://confluence.atlassian.com/display/BITBUCKETSERVER091/Bitbucket+OAuth+2.0+provider+API
 * @see https://mrrefactoring.github.io/jira.js/api/functions/index.refreshServerOAuth2Token
 */
export function describeOAuth({ webUrl }: BitbucketDataCenterHost): OAuthDescription {
  const endpoints = `${webUrl}/rest/oauth2/latest`;
  return {
    issuer: webUrl,
    iss: 'ignored',
    authorizationUrl: `${endpoints}/authorize`,
    tokenUrl: `${endpoints}/token`,
    pkce: true,
    clientAuthentication: 'post',
    scopes: neededScopes,
    redirectUriAtRefresh: true,
    errors: [],
    revocation: { style: 'standard', url: `${endpoints}/revoke` },
    clientCheck: { style: 'refresh' },
  };
}

/** What an administrator of Bitbucket enters for an incoming link. */
export function oauthHelp({ webUrl }: BitbucketDataCenterHost, redirectUri: string): OAuthHelp {
  return {
    registerUrl: `${webUrl}/plugins/servlet/applinks/listApplicationLinks`,
    fields: [
      { label: 'Name', value: 'anyforge', copy: true },
      { label: 'Redirect URL', value: redirectUri, copy: true },
      { label: 'Application permissions', value: 'Repositories: Admin', copy: false },
    ],
    hints: [
      'Only an administrator of Bitbucket can create a link: "Create link", then "External application", then "Incoming".',
      'Bitbucket then shows a client ID and a client secret: enter them here.',
      'Through the link people can do no more than they can do themselves.',
      'This needs Bitbucket 7.21 or newer, reached over https://.',
    ],
  };
}
