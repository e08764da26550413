import type { OAuthHelp, TokenHelp } from '@anyforge/core';
import { definePlugin, parseConfig } from '@anyforge/core';
import type { GitlabConfig } from './config.js';
import { configJsonSchema, configSchema } from './config.js';
import { resolveHost } from './host.js';
import { logo } from './logo.js';
import { createProvider } from './provider.js';
import { neededScopes } from './scopes.js';

const type = 'gitlab';

/** GitLab.com, GitLab Self-Managed and GitLab Dedicated. */
export const gitlabPlugin = definePlugin({
  specVersion: '1',
  type,
  displayName: 'GitLab',
  logo,
  documentationUrl: 'https://docs.gitlab.com/api/rest/',
  hosting: {
    cloud: { label: 'GitLab.com', baseUrl: 'https://gitlab.com' },
    selfHosted: { label: 'GitLab Self-Managed or Dedicated', example: 'https://gitlab.example.com' },
  },
  config: { schema: configSchema, jsonSchema: configJsonSchema },
  tokenHelp: (config) => tokenHelp(parseConfig(type, configSchema, config)),
  oauthHelp: (config, redirectUri) => oauthHelp(parseConfig(type, configSchema, config), redirectUri),
  create: (config, context) => createProvider(parseConfig(type, configSchema, config), context),
});

/** @see https://docs.gitlab.com/user/profile/personal_access_tokens/#prefill-personal-access-token-name-and-scopes */
function tokenHelp(config: GitlabConfig): TokenHelp {
  const { webUrl } = resolveHost(config);
  const parameters = new URLSearchParams({ name: 'anyforge', scopes: neededScopes.join(',') });
  return {
    variants: [
      {
        label: 'Personal access token',
        createUrl: `${webUrl}/-/user_settings/personal_access_tokens?${parameters.toString()}`,
        scopes: neededScopes,
        username: 'none',
      },
    ],
  };
}

/** @see https://docs.gitlab.com/integration/oauth_provider/ */
function oauthHelp(config: GitlabConfig, redirectUri: string): OAuthHelp {
  const { webUrl } = resolveHost(config);
  return {
    registerUrl: `${webUrl}/-/user_settings/applications`,
    fields: [
      { label: 'Name', value: 'anyforge', copy: true },
      { label: 'Redirect URI', value: redirectUri, copy: true },
      { label: 'Confidential', value: 'yes', copy: false },
      { label: 'Scopes', value: neededScopes.join(', '), copy: false },
    ],
    hints: [
      'An application of a person serves everybody. It can also belong to a group, in its settings, or to the whole instance, in the admin area.',
      'The secret is shown once. An application that is not confidential needs none.',
    ],
  };
}
