import type { ErrorKind, GitProvider, ProbeResult, ProviderContext } from '@anyforge/core';
import { checkSchema, ProviderError } from '@anyforge/core';
import type { ForgeProfile } from '@anyforge/provider-kit';
import {
  createOAuthFlow,
  createTransport,
  readJson,
  resolveContext,
  secretOf,
  toCredentialSource,
} from '@anyforge/provider-kit';
import type { GithubConfig } from './config.js';
import { addressRepair, errorRows, readMessage } from './errors.js';
import type { GithubHost } from './host.js';
import { resolveHost } from './host.js';
import { limitsOf } from './limits.js';
import { describeOAuth } from './oauth.js';
import type { GithubSession } from './session.js';
import { createSession } from './session.js';
import { metaWire } from './wire.js';

const provider = 'github';

/** One GitHub at one address. */
export type GithubProvider = GitProvider<GithubSession>;

export function createProvider(config: GithubConfig, context?: ProviderContext): GithubProvider {
  const host = resolveHost(config);
  const resolved = resolveContext(context);
  const profile: ForgeProfile = {
    forge: 'GitHub',
    errors: errorRows(host.webUrl),
    readMessage,
    requestIdHeader: 'x-github-request-id',
    callerHeaders: ['x-oauth-scopes', 'github-authentication-token-expiration'],
    limits: limitsOf(host),
  };
  const shared = {
    provider,
    origins: [host.webUrl, host.apiUrl] as const,
    profile,
    context: resolved,
  };

  const { oauth: client } = config;

  return {
    type: provider,
    webUrl: host.webUrl,
    gitUrls: [`${host.webUrl}/`],
    ...(client && {
      oauth: createOAuthFlow({ description: describeOAuth(host, client), client, transport: shared }),
    }),
    probe: (call = {}) => probe(host, createTransport({ ...shared, key: 'anonymous' }).fetch(call)),
    signIn(credentials, options = {}) {
      const source = toCredentialSource(credentials);
      const transport = createTransport({
        ...shared,
        key: options.key,
        authorization: {
          source,
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
 * Asks `/meta`, which needs no credential except on an Enterprise Server in private mode; its refusal still bears
 * GitHub's request id.
 *
 * @see https://docs.github.com/rest/meta/meta
 */
async function probe(host: GithubHost, fetch: typeof globalThis.fetch): Promise<ProbeResult> {
  const { product, apiUrl } = host;
  let meta: unknown;
  try {
    const response = await fetch(`${apiUrl}/meta`, {
      headers: {
        accept: 'application/vnd.github+json',
        'user-agent': 'anyforge',
        'x-github-api-version': host.apiVersion,
      },
    });
    meta = await readJson(response);
  } catch (error) {
    if (!ProviderError.is(error)) throw error;
    const isGithub = error.details.requestId !== undefined;
    if (isGithub && error.kind === 'unauthenticated') return { product, apiUrl };
    throw !isGithub && refusals.has(error.kind) ? notGithub(host, error) : error;
  }
  const result = checkSchema(metaWire, meta);
  if (!result.ok) throw notGithub(host);
  return { product, version: result.value.installed_version ?? undefined, apiUrl };
}

/** What a stranger says to a request that it does not understand. */
const refusals: ReadonlySet<ErrorKind> = new Set(['unauthenticated', 'forbidden', 'invalid_request']);

function notGithub(host: GithubHost, cause?: ProviderError): ProviderError {
  return new ProviderError('invalid_response', `${host.apiUrl} does not answer as GitHub's API does.`, {
    provider,
    status: cause?.details.status,
    repair: addressRepair(host.webUrl),
    cause,
  });
}
