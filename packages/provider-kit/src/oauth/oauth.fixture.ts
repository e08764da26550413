import type { CallEvent, OAuthCredential } from '@anyforge/core';
import { inspect } from 'node:util';
import { expect } from '@jest/globals';
import type { ProviderError } from '@anyforge/core';
import { resolveContext } from '../context.js';
import { createFakeClock } from '../testing/fake-clock.js';
import type { RecordedRequest, Script } from '../testing/scripted-fetch.js';
import { createScriptedFetch } from '../testing/scripted-fetch.js';
import type { ForgeProfile } from '../transport/profile.js';
import { profile as apiProfile } from '../transport/transport.fixture.js';
import { createOAuthFlow } from './create-oauth-flow.js';
import type { OAuthClient, OAuthDescription } from './description.js';

/** With what a 401 of the API means, and one of the token endpoint does not. */
const profile: ForgeProfile = {
  ...apiProfile,
  errors: [
    ...apiProfile.errors,
    {
      status: [400, 401],
      kind: 'unauthenticated',
      see: 'https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api',
    },
  ],
};

/** A forge of its own host, below a path, that does all that the standards know. */
const description: OAuthDescription = {
  issuer: 'https://forge.example/git',
  iss: 'ignored',
  authorizationUrl: 'https://forge.example/git/oauth/authorize',
  tokenUrl: 'https://forge.example/git/oauth/token',
  pkce: true,
  clientAuthentication: 'post',
  scopes: ['read_user', 'read_api'],
  redirectUriAtRefresh: false,
  errors: [
    {
      code: 'redirect_uri_mismatch',
      kind: 'redirect_rejected',
      see: 'https://docs.github.com/apps/oauth-apps/maintaining-oauth-apps/troubleshooting-authorization-request-errors',
    },
  ],
  revocation: { style: 'standard', url: 'https://forge.example/git/oauth/revoke' },
  clientCheck: { style: 'refresh' },
  deviceAuthorizationUrl: 'https://forge.example/git/oauth/authorize_device',
};

export const client = { clientId: 'Iv1.a-client_id', clientSecret: 's3cret-of-the-client' };
export const redirectUri = 'https://hub.example/callback/1';
export const state = 'st4te-that-nobody-guesses';
export const code = 'c0de-from-the-forge';
export const now = new Date('2026-11-20T12:00:00Z');

export const credential: OAuthCredential = {
  kind: 'oauth',
  accessToken: 'access-token-one',
  refreshToken: 'refresh-token-one',
  expiresAt: new Date('2026-11-20T12:00:30Z'),
  refreshTokenExpiresAt: new Date('2027-05-20T12:00:00Z'),
  scopes: ['read_user'],
  redirectUri,
};

/** As GitLab answers. */
export const tokens = {
  access_token: 'access-token-two',
  token_type: 'Bearer',
  expires_in: 7200,
  refresh_token: 'refresh-token-two',
  scope: 'read_user read_api',
  created_at: 1_795_176_000,
};

export function setUpFlow(
  script: Script,
  overrides: Partial<OAuthDescription> = {},
  application: OAuthClient = client,
) {
  const clock = createFakeClock(now);
  const { fetch, requests } = createScriptedFetch(script);
  const events: CallEvent[] = [];
  const flow = createOAuthFlow({
    description: { ...description, ...overrides },
    client: application,
    transport: {
      provider: 'forge',
      origins: ['https://forge.example', 'http://intranet.example'],
      profile,
      context: { ...resolveContext({ fetch, clock }), random: () => 0 },
    },
  });
  const onEvent = (event: CallEvent): void => {
    events.push(event);
  };
  const signIn = async () => flow.start({ redirectUri, state });
  return { clock, flow, requests, events, onEvent, signIn };
}

export function formOf(request: RecordedRequest | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(request?.body));
}

/** Checks that nothing a program can show of an error holds any of the words. */
export function expectHidden(error: ProviderError, words: readonly string[]): void {
  const shown = [
    error.message,
    error.stack ?? '',
    JSON.stringify(error),
    inspect(error, { depth: 9, showHidden: true }),
  ].join('\n');
  for (const word of words) expect(shown).not.toContain(word);
}
