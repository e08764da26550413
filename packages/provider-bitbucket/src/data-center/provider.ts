import type { CallOptions, ErrorKind, GitProvider, ProbeResult, ProviderContext } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { TransportOptions } from '@anyforge/provider-kit';
import {
  createOAuthFlow,
  createTransport,
  resolveContext,
  secretOf,
  toCredentialSource,
} from '@anyforge/provider-kit';
import { createApi, provider } from './api.js';
import type { BitbucketDataCenterConfig } from './config.js';
import {
  addressRepair,
  errorRows,
  notBitbucketText,
  readMessage,
  requestIdHeader,
  signedInRows,
} from './errors.js';
import type { BitbucketDataCenterHost } from './host.js';
import { resolveHost } from './host.js';
import { limits } from './limits.js';
import { describeOAuth } from './oauth.js';
import type { BitbucketDataCenterSession } from './session.js';
import { createSession } from './session.js';
import { propertiesWire } from './wire.js';

/** One Bitbucket Data Center at one address. */
export type BitbucketDataCenterProvider = GitProvider<BitbucketDataCenterSession>;

export function createProvider(
  config: BitbucketDataCenterConfig,
  context?: ProviderContext,
): BitbucketDataCenterProvider {
  const host = resolveHost(config);
  const { webUrl } = host;
  const anonymous: Omit<TransportOptions, 'key'> = {
    provider,
    origins: [webUrl],
    profile: { forge: 'Bitbucket', errors: errorRows(webUrl), readMessage, requestIdHeader, limits },
    context: resolveContext(context),
  };
  const { oauth: client } = config;

  return {
    type: provider,
    webUrl,
    gitUrls: [`${webUrl}/scm/`],
    ...(client && {
      oauth: createOAuthFlow({ description: describeOAuth(host), client, transport: anonymous }),
    }),
    probe: (call = {}) => probe(host, anonymous, call),
    signIn(credentials, options = {}) {
      const source = toCredentialSource(credentials);
      const transport = createTransport({
        ...anonymous,
        profile: {
          ...anonymous.profile,
          errors: signedInRows(webUrl),
          callerHeaders: ['x-ausername', 'x-auserid'],
        },
        key: options.key,
        authorization: {
          source,
          // With a user name too: every token is good as a bearer token, and a wrong Basic locks the account.
          apply: (headers, credential) => {
            headers.set('authorization', `Bearer ${secretOf(credential)}`);
          },
        },
      });
      return createSession({ host, transport, source });
    },
  };
}

/**
 * Asks for the version, which needs no credential unless an administrator wants one for everything; that refusal still
 * bears the id that Bitbucket gives a request.
 *
 * @see https://developer.atlassian.com/server/bitbucket/rest/ `GET /application-properties`
 */
async function probe(
  host: BitbucketDataCenterHost,
  transport: Omit<TransportOptions, 'key'>,
  call: CallOptions,
): Promise<ProbeResult> {
  const { apiUrl } = host;
  const api = createApi(host, createTransport({ ...transport, key: 'anonymous' }));
  try {
    const { data } = await api.get('its version', '/application-properties', propertiesWire, call);
    return { product: `${data.displayName} Data Center`, version: data.version, apiUrl };
  } catch (error) {
    if (!ProviderError.is(error)) throw error;
    const isBitbucket = error.details.requestId !== undefined;
    if (isBitbucket && error.kind === 'unauthenticated') return { product: 'Bitbucket Data Center', apiUrl };
    if (isBitbucket || !refusals.has(error.kind)) throw error;
    throw new ProviderError('invalid_response', notBitbucketText(host.webUrl), {
      provider,
      status: error.details.status,
      repair: addressRepair(host.webUrl),
      cause: error,
    });
  }
}

/** What a stranger says to a request that it does not understand. */
const refusals: ReadonlySet<ErrorKind> = new Set([
  'unauthenticated',
  'forbidden',
  'invalid_request',
  'invalid_response',
]);
