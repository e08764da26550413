import type { GitProvider, ProbeResult, ProviderContext } from '@anyforge/core';
import { checkSchema, ProviderError } from '@anyforge/core';
import type { ForgeProfile, TransportOptions } from '@anyforge/provider-kit';
import {
  createOAuthFlow,
  createTransport,
  readJson,
  resolveContext,
  secretOf,
  toCredentialSource,
} from '@anyforge/provider-kit';
import type { GitlabConfig } from './config.js';
import { addressRepair, errorRows, readMessage } from './errors.js';
import type { GitlabHost } from './host.js';
import { resolveHost } from './host.js';
import { limitsOf } from './limits.js';
import { describeOAuth } from './oauth.js';
import type { GitlabSession } from './session.js';
import { createSession } from './session.js';
import { versionWire } from './wire.js';

const provider = 'gitlab';

/** One GitLab at one address. */
export type GitlabProvider = GitProvider<GitlabSession>;

export function createProvider(config: GitlabConfig, context?: ProviderContext): GitlabProvider {
  const host = resolveHost(config);
  const resolved = resolveContext(context);
  const profile: ForgeProfile = {
    forge: 'GitLab',
    errors: errorRows(host.webUrl),
    readMessage,
    requestIdHeader: 'x-request-id',
    // It says nowhere that it is not.
    countsUnchanged: true,
    limits: limitsOf(host),
  };
  const shared = { provider, origins: [host.webUrl] as const, profile, context: resolved };
  const { oauth: client } = config;

  return {
    type: provider,
    webUrl: host.webUrl,
    gitUrls: [`${host.webUrl}/`],
    ...(client && {
      oauth: createOAuthFlow({ description: describeOAuth(host), client, transport: shared }),
    }),
    probe: (call = {}) => probe(host, createTransport(probing(shared)).fetch(call)),
    signIn(credentials, options = {}) {
      const source = toCredentialSource(credentials);
      const transport = createTransport({
        ...shared,
        key: options.key,
        authorization: {
          source,
          // Every kind of token is taken as a bearer; GitLab's own header does not take those of OAuth.
          apply: (headers, credential) => {
            headers.set('authorization', `Bearer ${secretOf(credential)}`);
          },
        },
      });
      return createSession({ host, transport, source, clock: resolved.clock });
    },
  };
}

/** Without a credential a refusal is the answer: the form of it tells whose it is. */
function probing(shared: Omit<TransportOptions, 'key'>): TransportOptions {
  const profile = {
    ...shared.profile,
    errors: [],
    accepts: ({ status }: { readonly status: number }) => refusals.has(status),
  };
  return { ...shared, profile, key: 'anonymous' };
}

const refusals: ReadonlySet<number> = new Set([400, 401, 403, 404, 405]);

/**
 * Asks for the version, which GitLab tells to nobody who is not signed in. Its refusal is known by a header that
 * GitLab puts on all its answers, or by its words where a proxy takes the header away.
 *
 * @see https://docs.gitlab.com/api/version/
 */
async function probe(host: GitlabHost, fetch: typeof globalThis.fetch): Promise<ProbeResult> {
  const { apiUrl } = host;
  const response = await fetch(`${apiUrl}/version`, { headers: { accept: 'application/json' } });
  const body = await readJson(response);
  const found = checkSchema(versionWire, body);
  const isGitlabs = response.headers.has('x-gitlab-meta');
  if (response.status === 200 && isGitlabs && found.ok)
    return { product: 'GitLab', version: found.value.version, apiUrl };
  if (response.status === 401 && (isGitlabs || readMessage(body) === '401 Unauthorized'))
    return { product: 'GitLab', version: undefined, apiUrl };
  throw new ProviderError('invalid_response', `${apiUrl} does not answer as GitLab's API does.`, {
    provider,
    status: response.status,
    repair: addressRepair(host.webUrl),
  });
}
