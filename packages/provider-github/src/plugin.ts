import { definePlugin, parseConfig } from '@anyforge/core';
import { configJsonSchema, configSchema } from './config.js';
import { resolveHost } from './host.js';
import { logo } from './logo.js';
import { oauthHelp } from './oauth.js';
import { createProvider } from './provider.js';
import { neededScopes } from './scopes.js';

const type = 'github';

/** GitHub.com, GitHub Enterprise Cloud on ghe.com, and GitHub Enterprise Server 3.17 and newer. */
export const githubPlugin = definePlugin({
  specVersion: '1',
  type,
  displayName: 'GitHub',
  logo,
  documentationUrl: 'https://docs.github.com/rest',
  hosting: {
    cloud: { label: 'GitHub.com', baseUrl: 'https://github.com' },
    selfHosted: { label: 'GitHub Enterprise', example: 'https://github.example.com' },
  },
  config: { schema: configSchema, jsonSchema: configJsonSchema },
  tokenHelp: (config) => tokenHelp(resolveHost(parseConfig(type, configSchema, config)).webUrl),
  oauthHelp: (config, redirectUri) =>
    oauthHelp(resolveHost(parseConfig(type, configSchema, config)), redirectUri),
  create: (config, context) => createProvider(parseConfig(type, configSchema, config), context),
});

/** @see https://docs.github.com/authentication/keeping-your-account-and-data-secure/managing-your-personal-access-tokens */
function tokenHelp(webUrl: string) {
  const classic = new URLSearchParams({ description: 'anyforge', scopes: neededScopes.join(',') });
  return {
    variants: [
      {
        label: 'Personal access token (classic)',
        createUrl: `${webUrl}/settings/tokens/new?${classic.toString()}`,
        scopes: neededScopes,
        username: 'optional' as const,
      },
      {
        label: 'Fine-grained personal access token',
        createUrl: `${webUrl}/settings/personal-access-tokens/new?name=anyforge`,
        scopes: ['Metadata: read', 'Members: read (of the organization)'],
        username: 'optional' as const,
      },
    ],
  };
}
