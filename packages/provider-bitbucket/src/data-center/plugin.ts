import type { TokenHelp } from '@anyforge/core';
import { definePlugin, parseConfig } from '@anyforge/core';
import { logo } from '../logo.js';
import { provider } from './api.js';
import { configJsonSchema, configSchema } from './config.js';
import { resolveHost } from './host.js';
import { oauthHelp } from './oauth.js';
import { createProvider } from './provider.js';

/** Bitbucket Data Center 7.21 and newer. */
export const bitbucketDataCenterPlugin = definePlugin({
  specVersion: '1',
  type: provider,
  displayName: 'Bitbucket Data Center',
  logo,
  documentationUrl: 'https://developer.atlassian.com/server/bitbucket/rest/',
  hosting: { selfHosted: { label: 'Bitbucket Data Center', example: 'https://bitbucket.example.com' } },
  config: { schema: configSchema, jsonSchema: configJsonSchema },
  tokenHelp: (config) => tokenHelp(resolveHost(parseConfig(provider, configSchema, config)).webUrl),
  oauthHelp: (config, redirectUri) =>
    oauthHelp(resolveHost(parseConfig(provider, configSchema, config)), redirectUri),
  create: (config, context) => createProvider(parseConfig(provider, configSchema, config), context),
});

/**
 * Whether a token with fewer permissions than its owner still shows those of its owner is documented nowhere: one for the
 * administration of repositories surely does, and with any other a level may be told too low.
 *
 * @see https://confluence.atlassian.com/bitbucketserver/http-access-tokens-939515499.html
 */
function tokenHelp(webUrl: string): TokenHelp {
  return {
    variants: [
      {
        label: 'HTTP access token',
        createUrl: `${webUrl}/plugins/servlet/access-tokens/manage`,
        scopes: ['Project permissions: Read', 'Repository permissions: Admin'],
        username: 'optional',
        usernameLabel: 'Bitbucket user name (for git only)',
      },
      {
        label: 'HTTP access token of a project or repository',
        createUrl: `${webUrl}/projects`,
        scopes: ['Project permissions: Read', 'Repository permissions: Read'],
        username: 'none',
      },
    ],
  };
}
