import type { TokenHelp } from '@anyforge/core';
import { definePlugin, parseConfig } from '@anyforge/core';
import { provider } from './api.js';
import { configJsonSchema, configSchema } from './config.js';
import { resolveHost } from './host.js';
import { logo } from './logo.js';
import { oauthHelp } from './oauth.js';
import { createProvider } from './provider.js';
import { neededScopes } from './scopes.js';

/** Gitea from version 1.22 on, Forgejo from version 9 on, and so Codeberg. */
export const giteaPlugin = definePlugin({
  specVersion: '1',
  type: provider,
  displayName: 'Gitea / Forgejo',
  logo,
  documentationUrl: 'https://docs.gitea.com/development/api-usage',
  hosting: {
    cloud: { label: 'Codeberg', baseUrl: 'https://codeberg.org' },
    selfHosted: { label: 'Gitea or Forgejo', example: 'https://git.example.com' },
  },
  config: { schema: configSchema, jsonSchema: configJsonSchema },
  tokenHelp: (config) => tokenHelp(resolveHost(parseConfig(provider, configSchema, config)).webUrl),
  oauthHelp: (config, redirectUri) =>
    oauthHelp(resolveHost(parseConfig(provider, configSchema, config)), redirectUri),
  create: (config, context) => createProvider(parseConfig(provider, configSchema, config), context),
});

/** @see https://docs.gitea.com/development/api-usage#generating-and-listing-api-tokens */
function tokenHelp(webUrl: string): TokenHelp {
  return {
    variants: [
      {
        label: 'Access token for all repositories, public and private',
        createUrl: `${webUrl}/user/settings/applications`,
        scopes: neededScopes,
        username: 'optional',
      },
    ],
  };
}
