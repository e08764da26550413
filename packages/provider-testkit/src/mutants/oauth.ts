import type { OAuthFlow, ProviderPlugin } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { Mutant } from '../mutant.js';
import { alterFetch, alterProvider } from './altering.js';

type Fetch = typeof globalThis.fetch;

function alterFlow(plugin: ProviderPlugin, change: (flow: OAuthFlow) => Partial<OAuthFlow>): ProviderPlugin {
  return alterProvider(plugin, ({ oauth }) => {
    if (oauth === undefined) return {};
    const flow: OAuthFlow = {
      start: (request, options) => oauth.start(request, options),
      finish: (response, options) => oauth.finish(response, options),
      refresh: (credential, options) => oauth.refresh(credential, options),
      ...(oauth.revoke && { revoke: oauth.revoke.bind(oauth) }),
      ...(oauth.checkClient && { checkClient: oauth.checkClient.bind(oauth) }),
      device: oauth.device,
    };
    return { oauth: { ...flow, ...change(oauth) } };
  });
}

/** Changes the form of every request that has one. */
function alterForm(plugin: ProviderPlugin, change: (form: URLSearchParams) => void): ProviderPlugin {
  return alterFetch(plugin, (fetch): Fetch => async (input, init) => {
    const request = new Request(input, init);
    const type = request.headers.get('content-type') ?? '';
    if (!type.startsWith('application/x-www-form-urlencoded')) return fetch(input, init);
    const form = new URLSearchParams(await request.text());
    change(form);
    return fetch(input, { ...init, body: form.toString() });
  });
}

async function twice<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (ProviderError.is(error) && error.retryable) return work();
    throw error;
  }
}

export const oauthMutants: readonly Mutant[] = [
  {
    id: 'forgets-redirect-uri',
    title: 'forgets redirect_uri at a refresh',
    caughtBy: 'oauth-refresh-redirect-uri',
    because: /the refresh: failed|redirect_uri at a refresh/,
    break: (plugin) =>
      alterForm(plugin, (form) => {
        if (form.get('grant_type') === 'refresh_token') form.delete('redirect_uri');
      }),
  },
  {
    id: 'refreshes-twice',
    title: 'refreshes twice',
    caughtBy: 'oauth-refresh',
    because: /the requests of a refresh/,
    break: (plugin) =>
      alterFlow(plugin, (flow) => ({
        refresh: async (credential, options) =>
          flow.refresh(await flow.refresh(credential, options), options),
      })),
  },
  {
    id: 'retries-refresh',
    title: 'sends a refresh again whose answer was lost',
    caughtBy: 'oauth-refresh-reset',
    because: /the requests of refresh\(\)/,
    break: (plugin) =>
      alterFlow(plugin, (flow) => ({
        refresh: (credential, options) => twice(() => flow.refresh(credential, options)),
      })),
  },
  {
    id: 'retries-post',
    title: 'sends a POST again that failed',
    caughtBy: 'oauth-finish-html-502',
    because: /the requests of finish\(\)/,
    break: (plugin) =>
      alterFetch(plugin, (fetch): Fetch => async (input, init) => {
        const response = await fetch(input, init);
        return response.status >= 500 && init?.method === 'POST' ? fetch(input, init) : response;
      }),
  },
  {
    id: 'skips-state',
    title: 'does not look at the state',
    caughtBy: 'oauth-state',
    because: /a callback with state/,
    break: (plugin) =>
      alterFlow(plugin, (flow) => ({
        finish: (response, options) => {
          const callbackUrl = new URL(response.callbackUrl);
          callbackUrl.searchParams.set('state', response.state);
          return flow.finish({ ...response, callbackUrl: callbackUrl.href }, options);
        },
      })),
  },
  {
    id: 'skips-issuer',
    title: 'does not look at the issuer',
    caughtBy: 'oauth-issuer',
    because: /a callback of another server: succeeded/,
    break: (plugin) =>
      alterFlow(plugin, (flow) => {
        let issuer: string | null = null;
        return {
          finish: (response, options) => {
            const callbackUrl = new URL(response.callbackUrl);
            issuer ??= callbackUrl.searchParams.get('iss');
            if (issuer !== null) callbackUrl.searchParams.set('iss', issuer);
            return flow.finish({ ...response, callbackUrl: callbackUrl.href }, options);
          },
        };
      }),
  },
  {
    id: 'skips-pkce',
    title: 'does not prove that it is the one who asked',
    caughtBy: 'oauth-pkce',
    because: /the method of the challenge/,
    break: (plugin) =>
      alterFlow(plugin, (flow) => ({
        start: async (request, options) => {
          const { url, transaction } = await flow.start(request, options);
          const plain = new URL(url);
          for (const name of ['code_challenge', 'code_challenge_method']) plain.searchParams.delete(name);
          return { url: plain.href, transaction };
        },
      })),
  },
  {
    id: 'takes-denial-for-expiry',
    title: 'says that the sign-in has expired when the person refused',
    caughtBy: 'oauth-denied',
    because: /failed as grant_expired/,
    break: (plugin) =>
      alterFlow(plugin, (flow) => ({
        finish: async (response, options) => {
          try {
            return await flow.finish(response, options);
          } catch (error) {
            if (!ProviderError.is(error)) throw error;
            throw new ProviderError('grant_expired', error.message, error.details);
          }
        },
      })),
  },
  {
    id: 'keeps-refresh-token',
    title: 'keeps the refresh token that was used',
    caughtBy: 'oauth-rotation',
    because: /the refresh token stays the same/,
    break: (plugin) =>
      alterFlow(plugin, (flow) => ({
        refresh: async (credential, options) => ({
          ...(await flow.refresh(credential, options)),
          refreshToken: credential.refreshToken,
        }),
      })),
  },
  {
    id: 'renews-for-everybody',
    title: 'refreshes once more for every caller',
    caughtBy: 'oauth-one-renewal',
    because: /the refreshes that reached the forge/,
    break: (plugin) =>
      alterFlow(plugin, (flow) => ({
        refresh: async (credential, options) =>
          flow.refresh(await flow.refresh(credential, options), options),
      })),
  },
  {
    id: 'revokes-everything',
    title: 'ends every sign-in of the person',
    caughtBy: 'oauth-revoke',
    because: /the other session/,
    break: (plugin) => {
      const ended: Parameters<NonNullable<OAuthFlow['revoke']>>[0][] = [];
      return alterFlow(plugin, (flow) => ({
        finish: async (response, options) => {
          const credential = await flow.finish(response, options);
          ended.push(credential);
          return credential;
        },
        revoke: async (_, options) => {
          for (const each of ended) await flow.revoke?.(each, options);
        },
      }));
    },
  },
  {
    id: 'revokes-nothing',
    title: 'says that it ended a sign-in and did not ask the forge',
    caughtBy: 'oauth-revoke-expired',
    because: /renewing what was revoked: succeeded/,
    break: (plugin) => alterFlow(plugin, () => ({ revoke: () => Promise.resolve() })),
  },
  {
    id: 'accepts-every-client',
    title: 'says of every client that it is accepted',
    caughtBy: 'oauth-check-client',
    because: /a secret that is no good/,
    break: (plugin) => alterFlow(plugin, () => ({ checkClient: () => Promise.resolve('accepted') })),
  },
  {
    id: 'never-slows-down',
    title: 'asks as often as before when it is told to slow down',
    caughtBy: 'device-slow-down',
    because: /asked to slow down/,
    break: (plugin) =>
      alterFlow(plugin, ({ device }) => ({
        device: device && {
          start: (options) => device.start(options),
          poll: async (transaction, options) => {
            const polled = await device.poll(transaction, options);
            return polled.status === 'pending' ? { ...polled, intervalMs: 1 } : polled;
          },
        },
      })),
  },
  {
    id: 'secret-in-oauth-error',
    title: 'quotes what was exchanged in an error',
    caughtBy: 'oauth-secrets',
    because: /the error of finish\(\) .* shows a secret/,
    break: (plugin) =>
      alterFlow(plugin, (flow) => ({
        finish: async (response, options) => {
          try {
            return await flow.finish(response, options);
          } catch (error) {
            if (!ProviderError.is(error)) throw error;
            const words = `${error.message} (${response.callbackUrl})`;
            throw new ProviderError(error.kind, words, error.details);
          }
        },
      })),
  },
];
