import type { OAuthHelp, TokenHelp } from '@anyforge/core';
import { definePlugin, parseConfig } from '@anyforge/core';
import { configJsonSchema, configSchema } from './config.js';
import { resolveHost } from './host.js';
import { logo } from '../logo.js';
import { createProvider } from './provider.js';
import { neededScopes } from './scopes.js';

const type = 'bitbucket';

/** Bitbucket Cloud. */
export const bitbucketPlugin = definePlugin({
  specVersion: '1',
  type,
  displayName: 'Bitbucket Cloud',
  logo,
  documentationUrl: 'https://developer.atlassian.com/cloud/bitbucket/rest/',
  hosting: { cloud: { label: 'Bitbucket Cloud', baseUrl: 'https://bitbucket.org' } },
  config: { schema: configSchema, jsonSchema: configJsonSchema },
  tokenHelp: (config) => tokenHelp(resolveHost(parseConfig(type, configSchema, config)).webUrl),
  oauthHelp: (config, redirectUri) =>
    oauthHelp(resolveHost(parseConfig(type, configSchema, config)).webUrl, redirectUri),
  create: (config, context) => createProvider(parseConfig(type, configSchema, config), context),
});

/**
 * @see https://support.atlassian.com/bitbucket-cloud/docs/create-an-api-token/
 * @see https://support.atlassian.com/bitbucket-cloud/docs/access-tokens/
 */
function tokenHelp(webUrl: string): TokenHelp {
  return {
    variants: [
      {
        label: 'API token with scopes',
        createUrl: 'https://id.atlassian.com/manage-profile/security/api-tokens',
        scopes: neededScopes.api,
        username: 'required',
        usernameLabel: 'E-mail address of the Atlassian account',
      },
      {
        label: 'Access token of a workspace, a project or a repository',
        createUrl: `${webUrl}/account/workspaces/`,
        scopes: neededScopes.access,
        username: 'none',
      },
    ],
  };
}

/** @see https://support.atlassian.com/bitbucket-cloud/docs/use-oauth-on-bitbucket-cloud/ */
function oauthHelp(webUrl: string, redirectUri: string): OAuthHelp {
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
      'The permissions that are ticked there are what everybody is asked for: they cannot be chosen at sign-in.',
      'All people who sign in share the hourly limit of the consumer.',
    ],
  };
}
