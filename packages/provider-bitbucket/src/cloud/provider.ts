import type { GitProvider, ProbeResult, ProviderContext } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { ForgeProfile, TransportOptions } from '@anyforge/provider-kit';
import {
  createOAuthFlow,
  createTransport,
  readJson,
  resolveContext,
  toCredentialSource,
} from '@anyforge/provider-kit';
import type { BitbucketConfig } from './config.js';
import { addressRepair, errorRows, isBitbucketError, readMessage } from './errors.js';
import type { BitbucketHost } from './host.js';
import { provider, resolveHost } from './host.js';
import { authorize } from './identity.js';
import { limitsOf } from './limits.js';
import { describeOAuth } from './oauth.js';
import type { BitbucketSession } from './session.js';
import { createSession } from './session.js';

/** Bitbucket Cloud. */
export type BitbucketProvider = GitProvider<BitbucketSession>;

export function createProvider(config: BitbucketConfig, context?: ProviderContext): BitbucketProvider {
  const host = resolveHost(config);
  const resolved = resolveContext(context);
  const profile: ForgeProfile = {
    forge: 'Bitbucket',
    errors: errorRows(host.webUrl),
    readMessage,
    requestIdHeader: 'atl-traceid',
    // Atlassian leaves open whether it is.
    countsUnchanged: true,
    limits: limitsOf(host),
  };
  const shared = { provider, origins: [host.webUrl, host.apiUrl] as const, profile, context: resolved };

  return {
    type: provider,
    webUrl: host.webUrl,
    gitUrls: [`${host.webUrl}/`],
    oauth:
      config.oauth &&
      createOAuthFlow({ description: describeOAuth(host), client: config.oauth, transport: shared }),
    probe: (call = {}) => probe(host, createTransport(probing(shared)).fetch(call)),
    signIn(credentials, options = {}) {
      const source = toCredentialSource(credentials);
      const transport = createTransport({
        ...shared,
        key: options.key,
        application: source.kind === 'oauth' ? config.oauth?.clientId : undefined,
        authorization: { source, apply: authorize },
      });
      return createSession({ host, transport, source });
    },
  };
}

/** Without a credential a refusal is the answer: the form of it tells whose it is. */
function probing(shared: Omit<TransportOptions, 'key'>): TransportOptions {
  const profile: ForgeProfile = {
    ...shared.profile,
    errors: [],
    accepts: ({ status }) => refusals.has(status),
  };
  return { ...shared, profile, key: 'anonymous' };
}

const refusals: ReadonlySet<number> = new Set([400, 401, 403, 404, 405]);

/** Asks who is signed in, which Bitbucket refuses in its own form, or with a challenge that bears its name. */
async function probe(
  { webUrl, apiUrl }: BitbucketHost,
  fetch: typeof globalThis.fetch,
): Promise<ProbeResult> {
  const response = await fetch(`${apiUrl}/user`, { headers: { accept: 'application/json' } });
  const challenge = response.headers.get('www-authenticate') ?? '';
  const body = await readJson(response);
  const isBitbucket =
    response.status === 401 && (/bitbucket\.org/i.test(challenge) || isBitbucketError(body));
  if (isBitbucket) return { product: 'Bitbucket Cloud', version: undefined, apiUrl };
  throw new ProviderError('invalid_response', `${apiUrl} does not answer as Bitbucket's API does.`, {
    provider,
    status: response.status,
    repair: addressRepair(webUrl),
  });
}
