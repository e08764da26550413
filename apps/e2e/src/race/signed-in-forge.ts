import type { OAuthClient } from '@anyforge/forge-simulator';
import type { ApiClient, Reply } from '@anyforge/server/testing';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { RenewingForge } from './renewing-forges.js';
import { startRenewingForge } from './renewing-forges.js';
import type { ServerPair } from './server-pair.js';

const created = z.object({ id: z.string() });
const startedSignIn = z.object({ id: z.string(), authorizationUrl: z.string() });
const signIn = z.object({ state: z.string(), syncId: z.string().optional() });
const sync = z.object({ revision: z.number(), finishedAt: z.string().optional() });
const connection = z.object({ needsAttention: z.object({ reason: z.string() }).optional() });

/** Longer than any forge's access tokens live, and shorter than any refresh token. */
const untilExpiredMs = 9 * 3_600_000;

/** A forge that the administrator of the servers is signed in to with OAuth. */
export class SignedInForge {
  readonly forge: RenewingForge;
  readonly gitProviderId: string;
  readonly #client: OAuthClient;

  private constructor(forge: RenewingForge, gitProviderId: string, client: OAuthClient) {
    this.forge = forge;
    this.gitProviderId = gitProviderId;
    this.#client = client;
  }

  /** Starts a simulator, adds a git provider for it with an application, and signs in as a browser does. */
  static async start(pair: ServerPair, type: string): Promise<SignedInForge> {
    const forge = await startRenewingForge(type);
    const { api } = pair.server(0);
    const input = { name: type, type, config: forge.config };
    const { id } = created.parse(succeeded(await api.post('/api/v1/git-providers', input)).body);
    const client = forge.simulator.oauth.registerClient({
      redirectUris: [`${pair.publicUrl}/oauth/callback/${id}`],
      ...forge.application,
    });
    const { clientId, clientSecret } = client;
    const path = `/api/v1/git-providers/${id}`;
    const etag = (await api.get(path)).headers.get('etag') ?? '';
    const config = { ...forge.config, oauth: { clientId, clientSecret } };
    succeeded(await api.patch(path, { config }, { 'if-match': etag }));
    const signedIn = new SignedInForge(forge, id, client);
    await signedIn.signIn(api);
    return signedIn;
  }

  /** Signs in, in place of any sign-in before, and waits until the sync that it starts has ended. */
  async signIn(api: ApiClient): Promise<void> {
    const path = `/api/v1/git-providers/${this.gitProviderId}/sign-ins`;
    const { id, authorizationUrl } = startedSignIn.parse(succeeded(await api.post(path, {})).body);
    const { person, simulator } = this.forge;
    const callback = new URL(await simulator.oauth.approve(authorizationUrl, { person }));
    await api.get(`${callback.pathname}${callback.search}`);
    const { state, syncId } = signIn.parse((await api.get(`/api/v1/sign-ins/${id}`)).body);
    if (state !== 'succeeded' || syncId === undefined) throw new Error(`The sign-in is ${state}.`);
    let seen = sync.parse((await api.get(`/api/v1/syncs/${syncId}`)).body);
    while (seen.finishedAt === undefined) {
      seen = sync.parse((await api.get(`/api/v1/syncs/${syncId}?after=${String(seen.revision)}`)).body);
    }
  }

  /** Lets the access token expire, and forgets the forge's log. */
  expire(): void {
    this.forge.clock.advance(untilExpiredMs);
    this.forge.simulator.log.clear();
  }

  /** A call that goes to the forge with the person's own credential. */
  ask(api: ApiClient): Promise<Reply> {
    return api.get(`/api/v1/git-providers/${this.gitProviderId}/organizations`);
  }

  async needsAttention(api: ApiClient): Promise<boolean> {
    const path = `/api/v1/git-providers/${this.gitProviderId}/connection`;
    return connection.parse((await api.get(path)).body).needsAttention !== undefined;
  }

  /** How many pairs the forge has given for earlier ones. */
  get refreshes(): number {
    return this.forge.simulator.oauth.refreshes(this.#client);
  }

  /** How many requests for a new pair have come since the log was forgotten, whatever the forge said. */
  get refreshRequests(): number {
    const { simulator, tokenPath } = this.forge;
    return simulator.log.to(tokenPath, 'POST').filter(({ body }) => body.includes('refresh_token')).length;
  }

  /** Resolves when the forge has given a new pair, whether its answer has left or not. */
  async refreshed(before: number): Promise<void> {
    const { simulator, tokenPath } = this.forge;
    await simulator.log.waitFor(({ path }) => path === tokenPath);
    while (this.refreshes === before) await delay(1);
  }
}

function succeeded(reply: Reply): Reply {
  if (reply.status >= 300) throw new Error(`The server answered ${String(reply.status)}: ${reply.text}`);
  return reply;
}
