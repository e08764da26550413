import type { TokenHelp } from '@anyforge/core';
import { definePlugin, parseConfig } from '@anyforge/core';
import { logo } from '../logo.js';
import { configJsonSchema, configSchema } from './config.js';
import { provider as type, resolveHost } from './host.js';
import { oauthHelp } from './oauth.js';
import { createProvider } from './provider.js';
import { neededScopes } from './scopes.js';

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
    oauthHelp(resolveHost(parseConfig(type, configSchema, config)), redirectUri),
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
