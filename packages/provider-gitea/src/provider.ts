import type { CallOptions, GitProvider, ProbeResult, ProviderContext } from '@anyforge/core';
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
import { provider } from './api.js';
import type { GiteaConfig } from './config.js';
import { addressRepair, errorRows, readMessage, signInRequired } from './errors.js';
import type { GiteaHost } from './host.js';
import { resolveHost } from './host.js';
import { limits } from './limits.js';
import { describeOAuth } from './oauth.js';
import type { GiteaSession } from './session.js';
import { createSession } from './session.js';
import type { Release } from './version.js';
import { readRelease, refuseOld } from './version.js';
import { versionWire } from './wire.js';

/** One Gitea or Forgejo at one address. */
export type GiteaProvider = GitProvider<GiteaSession>;

export function createProvider(config: GiteaConfig, context?: ProviderContext): GiteaProvider {
  const host = resolveHost(config);
  const resolved = resolveContext(context);
  const profile: ForgeProfile = {
    forge: 'Gitea',
    errors: errorRows(host.webUrl),
    readMessage,
    requestIdHeader: 'x-request-id',
    limits,
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
    probe: (call = {}) => probe(host, shared, call),
    signIn(credentials, options = {}) {
      const source = toCredentialSource(credentials);
      const transport = createTransport({
        ...shared,
        key: options.key,
        authorization: {
          source,
          // Every kind of token is taken as a bearer.
          apply: (headers, credential) => {
            headers.set('authorization', `Bearer ${secretOf(credential)}`);
          },
        },
      });
      return createSession({ host, transport, source, clock: resolved.clock });
    },
  };
}

/**
 * Asks for the version. An instance that answers nobody who is not signed in refuses that in the words of the family,
 * of which it then is; nobody knows which.
 *
 * @see https://docs.gitea.com/api/ `GET /version`
 */
async function probe(
  host: GiteaHost,
  shared: Omit<TransportOptions, 'key'>,
  call: CallOptions,
): Promise<ProbeResult> {
  const { apiUrl } = host;
  const fetch = createTransport(probing(shared)).fetch(call);
  const response = await fetch(`${apiUrl}/version`, { headers: { accept: 'application/json' } });
  const body = await readJson(response);
  if (response.status === 403 && signInRequired.test(readMessage(body) ?? ''))
    return { product: 'Gitea or Forgejo', apiUrl };
  const found = checkSchema(versionWire, body);
  const release = response.status === 200 && found.ok ? readRelease(found.value.version) : undefined;
  if (release === undefined)
    throw new ProviderError('invalid_response', `${apiUrl} does not answer as Gitea's API does.`, {
      provider,
      status: response.status,
      repair: addressRepair(host.webUrl),
    });
  mustBeSupported(release);
  return { ...release, apiUrl };
}

function mustBeSupported(release: Release): void {
  const text = refuseOld(release);
  if (text === undefined) return;
  const repair = { text: `Update ${release.product} there.` };
  throw new ProviderError('unsupported', text, { provider, repair });
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
