import { expect } from '@jest/globals';
import type { Clock } from '@anyforge/core';
import type { ApiClient } from '../testing/api-client.js';
import type { AddedProvider, OAuthForge } from '../testing/oauth-forges.js';
import { addOAuthProvider, startOAuthForge } from '../testing/oauth-forges.js';
import type { Landing } from '../testing/sign-in-at-forge.js';
import { beginSignIn, standing } from '../testing/sign-in-at-forge.js';
import type { TestServer } from '../testing/start-test-server.js';
import { startTestServer } from '../testing/start-test-server.js';

/** A server with a victim and an attacker, who both have accounts here and at the forge. */
export interface AttackBench {
  readonly server: TestServer;
  readonly forge: OAuthForge;
  readonly provider: AddedProvider;
  /** In her browser; at the forge she is `forge.ada`. */
  readonly ada: ApiClient;
  /** In a browser of the attacker's; at the forge that is `forge.eve`. */
  readonly eve: ApiClient;
  /** Starts a sign-in of somebody's, and lets somebody consent at the forge: where that one's browser is then sent. */
  consented(
    client: ApiClient,
    account: 'ada' | 'eve',
    gitProviderId?: string,
  ): Promise<{ readonly id: string; readonly state: string; readonly callbackUrl: string }>;
  /** Expects that nobody is signed in at the forge. */
  expectNothingStored(gitProviderId?: string): Promise<void>;
  close(): Promise<void>;
}

export async function openAttackBench(
  type: string,
  options: { readonly clock?: Clock } = {},
): Promise<AttackBench> {
  const server = await startTestServer(options);
  const forge = await startOAuthForge(type);
  const provider = await addOAuthProvider(server.api, server.publicUrl, forge);
  const ada = await server.newMember('ada');
  const eve = await server.newMember('eve');
  return {
    server,
    forge,
    provider,
    ada,
    eve,
    consented: async (client, account, gitProviderId = provider.id) => {
      const { id, state, authorizationUrl } = await beginSignIn(client, gitProviderId);
      const callbackUrl = await forge.simulator.oauth.approve(authorizationUrl, { person: forge[account] });
      return { id, state, callbackUrl };
    },
    expectNothingStored: async (gitProviderId = provider.id) => {
      for (const client of [server.api, ada, eve]) {
        const { status } = await client.get(`/api/v1/git-providers/${gitProviderId}/connection`);
        expect(status).toBe(404);
      }
    },
    close: async () => {
      await server.close();
      await forge.simulator.close();
    },
  };
}

/** Expects that a callback was refused with a problem, on a page that says so. */
export function expectRefused({ problem, page }: Landing, code: string): void {
  expect(problem).toBe(code);
  expect(page.text).toContain(`data-problem="${code}"`);
}

/** Expects that a sign-in has failed with a problem, for whoever it belongs to. */
export async function expectFailed(client: ApiClient, id: string, kind: string): Promise<void> {
  expect(await standing(client, id)).toMatchObject({ state: 'failed', error: { kind } });
}

/** A callback with the state of another. */
export function withState(callbackUrl: string, state: string): string {
  const url = new URL(callbackUrl);
  url.searchParams.set('state', state);
  return url.href;
}

/** A callback with the issuer of another server, or with none. */
export function withIssuer(callbackUrl: string, issuer: string | undefined): string {
  const url = new URL(callbackUrl);
  if (issuer === undefined) url.searchParams.delete('iss');
  else url.searchParams.set('iss', issuer);
  return url.href;
}

/** How often a code was sent to be exchanged. */
export function exchanges({ simulator }: OAuthForge): number {
  return simulator.log.entries.filter(({ method, path }) => method === 'POST' && path.endsWith('token'))
    .length;
}
