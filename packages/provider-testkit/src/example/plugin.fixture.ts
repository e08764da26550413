import type { GitProvider, ProviderContext, ProviderPlugin } from '@anyforge/core';
import { checkSchema, definePlugin, parseConfig, ProviderError } from '@anyforge/core';
import type { OAuthDescription } from '@anyforge/provider-kit';
import {
  createOAuthFlow,
  createTransport,
  readJson,
  resolveContext,
  secretOf,
  toCredentialSource,
} from '@anyforge/provider-kit';
import type { ExampleConfig } from './config.fixture.js';
import { configJsonSchema, configSchema } from './config.fixture.js';
import { createSession, type } from './session.fixture.js';
import { messageWire, versionWire } from './wire.fixture.js';

/** @param signsIn whether people can sign in with OAuth */
export function makeExamplePlugin(signsIn: boolean): ProviderPlugin {
  const schema = configSchema(signsIn);
  return definePlugin({
    specVersion: '1',
    type,
    displayName: 'Example',
    logo: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><circle cx="1" cy="1" r="1"/></svg>',
    documentationUrl: 'https://forge.example/docs',
    hosting: { cloud: { label: 'Example', baseUrl: 'https://forge.example' } },
    config: { schema, jsonSchema: configJsonSchema(signsIn) },
    tokenHelp: (config) => {
      const { baseUrl } = parseConfig(type, schema, config);
      return {
        variants: [{ label: 'Token', createUrl: `${baseUrl}/tokens/new`, scopes: [], username: 'none' }],
      };
    },
    ...(signsIn && {
      oauthHelp: (config, redirectUri) => ({
        registerUrl: `${parseConfig(type, schema, config).baseUrl}/applications/new`,
        fields: [{ label: 'Redirect URI', value: redirectUri, copy: true }],
        hints: [],
      }),
    }),
    create: (config, context) => createProvider(parseConfig(type, schema, config), context),
  });
}

function createProvider(
  { baseUrl: webUrl, oauth: client }: ExampleConfig,
  context?: ProviderContext,
): GitProvider {
  const apiUrl = `${webUrl}/api`;
  const shared = {
    provider: type,
    origins: [webUrl] as const,
    profile: {
      forge: 'Example',
      errors: [],
      readMessage(body: unknown) {
        const found = checkSchema(messageWire, body);
        return found.ok ? found.value : undefined;
      },
      requestIdHeader: 'x-request-id',
      limits: { pacing: [], fallbackWaitMs: 60_000 },
    },
    context: resolveContext(context),
  };
  return {
    type,
    webUrl,
    gitUrls: [`${webUrl}/`],
    oauth: client && createOAuthFlow({ description: describeOAuth(webUrl), client, transport: shared }),
    async probe(call = {}) {
      const fetch = createTransport({ ...shared, profile: { ...shared.profile, accepts: () => true } }).fetch(
        call,
      );
      const response = await fetch(`${apiUrl}/version`);
      const found = checkSchema(versionWire, await readJson(response));
      if (found.ok) return { ...found.value, apiUrl };
      throw new ProviderError('invalid_response', `${apiUrl} does not answer as an Example does.`, {
        provider: type,
        status: response.status,
      });
    },
    signIn(credentials, { key } = {}) {
      const source = toCredentialSource(credentials);
      const transport = createTransport({
        ...shared,
        key,
        authorization: {
          source,
          apply: (headers, credential) => {
            headers.set('authorization', `Bearer ${secretOf(credential)}`);
          },
        },
      });
      return createSession({ apiUrl, transport, source });
    },
  };
}

function describeOAuth(webUrl: string): OAuthDescription {
  return {
    issuer: webUrl,
    iss: 'required',
    authorizationUrl: `${webUrl}/oauth/authorize`,
    tokenUrl: `${webUrl}/oauth/token`,
    pkce: true,
    clientAuthentication: 'basic',
    scopes: ['read'],
    redirectUriAtRefresh: false,
    errors: [],
  };
}
