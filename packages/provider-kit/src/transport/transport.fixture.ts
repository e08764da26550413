import type { CallEvent, Credential } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { secretOf } from '../credentials/secret-of.js';
import { resolveContext } from '../context.js';
import { toCredentialSource } from '../credentials/credential-source.js';
import { createFakeClock } from '../testing/fake-clock.js';
import type { Script } from '../testing/scripted-fetch.js';
import { createScriptedFetch } from '../testing/scripted-fetch.js';
import type { ForgeProfile } from './profile.js';
import type { TransportOptions } from './transport.js';
import { createTransport } from './transport.js';

/** GitHub's habits, as far as these tests need them. */
export const profile: ForgeProfile = {
  forge: 'GitHub',
  errors: [
    {
      status: [403, 429],
      message: /secondary rate/i,
      kind: 'rate_limited',
      see: 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api',
    },
    {
      status: [403, 429],
      header: { name: 'x-ratelimit-remaining', pattern: /^0$/ },
      kind: 'rate_limited',
      see: 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api',
    },
  ],
  readMessage: (body) =>
    typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string'
      ? body.message
      : undefined,
  requestIdHeader: 'x-github-request-id',
  limits: {
    budget: {
      limit: 'x-ratelimit-limit',
      remaining: 'x-ratelimit-remaining',
      reset: 'x-ratelimit-reset',
      resetFormat: 'epoch-seconds',
      resource: 'x-ratelimit-resource',
      resourceOf: (_, { pathname }) => (pathname.startsWith('/search/') ? 'search' : 'core'),
      per: 'credential',
    },
    pacing: [],
    fallbackWaitMs: 60_000,
  },
};

export const token = 'ghp_16C7e42F292c6912E7710c838347Ae178B4a';
export const user = 'https://api.github.com/user';

/** A transport on a scripted forge and a fake clock, with all that it does on record. No jitter by default. */
export function setUp(
  script: Script,
  options: Partial<TransportOptions> = {},
  random: () => number = () => 0,
) {
  const clock = createFakeClock();
  const { fetch, requests } = createScriptedFetch(script);
  const context = { ...resolveContext({ fetch, clock }), random };
  const transport = createTransport({
    provider: 'github',
    origins: ['https://github.com', 'https://api.github.com'],
    profile,
    context,
    key: 'octocat',
    authorization: { source: toCredentialSource({ kind: 'token', token }), apply: bearer },
    ...options,
  });
  const events: CallEvent[] = [];
  const onEvent = (event: CallEvent): void => {
    events.push(event);
  };
  return { clock, context, requests, transport, events, onEvent, fetch: transport.fetch({ onEvent }) };
}

export function bearer(headers: Headers, credential: Credential): void {
  headers.set('authorization', `Bearer ${secretOf(credential)}`);
}

/** The error that work fails with; throws when it does not fail with a `ProviderError`. */
export async function failureOf(work: Promise<unknown>): Promise<ProviderError> {
  const error: unknown = await work.then(
    () => new Error('it should have failed'),
    (reason: unknown) => reason,
  );
  if (!ProviderError.is(error)) throw error;
  return error;
}

/** Lets everything run that needs no time. */
export async function rest(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
