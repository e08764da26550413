import type { TokenHelp } from '@anyforge/core';
import { definePlugin, parseConfig } from '@anyforge/core';
import { configJsonSchema, configSchema } from './config.js';
import { resolveHost } from './host.js';
import { logo } from './logo.js';
import { oauthHelp } from './oauth.js';
import { createProvider } from './provider.js';
import { neededScopes } from './scopes.js';

const type = 'gitlab';

/** GitLab.com, GitLab Self-Managed and GitLab Dedicated, from version 17.4 on. */
export const gitlabPlugin = definePlugin({
  specVersion: '1',
  type,
  displayName: 'GitLab',
  logo,
  documentationUrl: 'https://docs.gitlab.com/api/rest/',
  hosting: {
    cloud: { label: 'GitLab.com', baseUrl: 'https://gitlab.com' },
    selfHosted: { label: 'Self-hosted', example: 'https://gitlab.example.com' },
  },
  config: { schema: configSchema, jsonSchema: configJsonSchema },
  tokenHelp: (config) => tokenHelp(resolveHost(parseConfig(type, configSchema, config)).webUrl),
  oauthHelp: (config, redirectUri) =>
    oauthHelp(resolveHost(parseConfig(type, configSchema, config)), redirectUri),
  create: (config, context) => createProvider(parseConfig(type, configSchema, config), context),
});

/** @see https://docs.gitlab.com/user/profile/personal_access_tokens/#prefill-personal-access-token-name-and-scopes */
function tokenHelp(webUrl: string): TokenHelp {
  const parameters = new URLSearchParams({ name: 'anyforge', scopes: neededScopes.join(',') });
  return {
    variants: [
      {
        label: 'Personal access token',
        createUrl: `${webUrl}/-/user_settings/personal_access_tokens?${parameters.toString()}`,
        scopes: neededScopes,
        username: 'optional',
      },
    ],
  };
}
