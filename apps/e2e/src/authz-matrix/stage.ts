import { createWorld, startGithubSimulator } from '@anyforge/forge-simulator';
import type { GithubSimulator, Person } from '@anyforge/forge-simulator';
import type { TestServer } from '@anyforge/server/testing';
import { ApiClient, joinAs, makeApiToken, signInAs, startTestServer } from '@anyforge/server/testing';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import type { Callers, Column, PersonName } from './callers.js';
import { sessionOf } from './callers.js';

const withId = z.object({ id: z.string() });
const connected = z.object({ syncId: z.string() });
const sync = z.object({ state: z.string(), revision: z.number() });
const issued = z.object({ token: z.string(), apiToken: withId });
const repositories = z.object({ items: z.array(withId.extend({ httpsCloneUrl: z.string() })) });
const day = 86_400_000;

/** A real server, with somebody whose things others ask for, at a forge that is simulated. */
export class Stage {
  /** Words in which the owner's own things are told, and which nobody else may be shown. */
  readonly marks: readonly string[] = [
    'owned-repository',
    'ada-at-the-forge',
    'token of the owner',
    'draft of the owner',
  ];
  readonly #connected = new Set<PersonName>();
  #names = 0;

  private constructor(
    readonly server: TestServer,
    readonly forge: GithubSimulator,
    readonly accounts: Readonly<Record<PersonName, Person>>,
    readonly callers: Callers,
    readonly gitProviderId: string,
  ) {}

  static async open(): Promise<Stage> {
    const world = createWorld();
    const accounts = {
      owner: world.addPerson({ username: 'ada-at-the-forge' }),
      member: world.addPerson({ username: 'eve-at-the-forge' }),
      root: world.addPerson({ username: 'root-at-the-forge' }),
    };
    world.addRepository({ owner: accounts.owner, name: 'owned-repository', visibility: 'private' });
    const forge = await startGithubSimulator({ world, profile: 'enterprise-server' });
    let ahead = 0;
    const server = await startTestServer({
      clock: {
        now: () => new Date(Date.now() + ahead),
        sleep: (ms, signal) => setTimeout(ms, undefined, signal === undefined ? {} : { signal }),
      },
    });
    await joinAs(server, server.api, 'member');
    const expiredSession = await joinAs(server, server.api, 'owner', 'administrator');
    const { client: expiredToken } = await issue(expiredSession, 'expired', { expiresInDays: 1 });
    // Longer than a session lasts, however much it is used.
    ahead = 31 * day;

    const owner = await signInAs(server, 'owner');
    const member = await signInAs(server, 'member');
    const revokedSession = await signInAs(server, 'owner');
    await revokedSession.delete('/api/v1/session');
    const { client: revokedToken, id } = await issue(owner, 'revoked', {});
    await owner.delete(`/api/v1/api-tokens/${id}`);
    const administrator = await signInAs(server, 'root');
    const callers = {
      anonymous: new ApiClient(server.url),
      'expired session': expiredSession,
      'revoked session': revokedSession,
      'expired token': expiredToken,
      'revoked token': revokedToken,
      member,
      'member token': await makeApiToken(member, ['read', 'manage']),
      administrator,
      owner,
      'owner read': await makeApiToken(owner, ['read']),
      'owner manage': await makeApiToken(owner, ['manage']),
      'owner git': await makeApiToken(owner, ['git']),
    };
    const provider = { name: 'Forge', type: 'github', config: { baseUrl: forge.webUrl } };
    const { id: gitProviderId } = withId.parse(
      (await administrator.post('/api/v1/git-providers', provider)).body,
    );
    const stage = new Stage(server, forge, accounts, callers, gitProviderId);
    await stage.#registerApplication();
    return stage;
  }

  get owner(): ApiClient {
    return this.callers.owner;
  }

  /** A name that nothing has yet. */
  newName(word: string): string {
    this.#names += 1;
    return `${word}-${String(this.#names)}`;
  }

  /** What somebody pastes to sign in at the forge. */
  forgeToken(person: PersonName): { readonly token: string } {
    const scopes = ['repo', 'read:org', 'read:user'];
    return { token: this.forge.tokens.issue({ kind: 'classic', person: this.accounts[person], scopes }) };
  }

  /** Signs somebody in at the forge, or finds them so; every sync that it started has ended. */
  async connect(person: PersonName): Promise<void> {
    if (this.#connected.has(person)) return;
    const client = this.#clientOf(person);
    const { body } = await client.put(this.#connection, this.forgeToken(person));
    await this.#untilEnded(client, connected.parse(body).syncId);
    this.#connected.add(person);
  }

  /** The owner is signed in at the forge, and nobody else. */
  async connectOwnerAlone(): Promise<void> {
    await this.connect('owner');
    for (const person of ['member', 'root'] as const) {
      await this.#clientOf(person).delete(this.#connection);
      this.#connected.delete(person);
    }
  }

  /** A cell has changed whether somebody is signed in at the forge. */
  forgetConnections(): void {
    this.#connected.clear();
  }

  /** The caller's session may have ended with what it asked. */
  async renewSession(column: Column): Promise<void> {
    const person = sessionOf[column];
    if (person !== undefined) this.callers[column] = await signInAs(this.server, person);
  }

  /** The id of something of the owner's that was just made. */
  async made(path: string, body?: object): Promise<string> {
    return withId.parse((await this.owner.post(path, body)).body).id;
  }

  async repository(): Promise<{ readonly id: string; readonly httpsCloneUrl: string }> {
    await this.connect('owner');
    const [repository] = repositories.parse((await this.owner.get('/api/v1/repositories')).body).items;
    if (repository === undefined) throw new Error('The owner has no repository.');
    return repository;
  }

  /** The `If-Match` of a git provider as it is now. */
  async versionOf(gitProviderId: string): Promise<Readonly<Record<string, string>>> {
    const { headers } = await this.owner.get(`/api/v1/git-providers/${gitProviderId}`);
    return { 'if-match': headers.get('etag') ?? '' };
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.forge.close();
  }

  get #connection(): string {
    return `/api/v1/git-providers/${this.gitProviderId}/connection`;
  }

  #clientOf(person: PersonName): ApiClient {
    return this.callers[person === 'root' ? 'administrator' : person];
  }

  async #registerApplication(): Promise<void> {
    const redirectUris = [`${this.server.publicUrl}/oauth/callback/${this.gitProviderId}`];
    const { clientId, clientSecret } = this.forge.oauth.registerClient({ name: 'anyforge', redirectUris });
    const config = { baseUrl: this.forge.webUrl, oauth: { clientId, clientSecret } };
    const version = await this.versionOf(this.gitProviderId);
    await this.owner.patch(`/api/v1/git-providers/${this.gitProviderId}`, { config }, version);
  }

  async #untilEnded(client: ApiClient, syncId: string): Promise<void> {
    const path = `/api/v1/syncs/${syncId}`;
    let seen = sync.parse((await client.get(path)).body);
    while (['queued', 'running', 'waiting'].includes(seen.state))
      seen = sync.parse((await client.get(`${path}?after=${String(seen.revision)}`)).body);
  }
}

async function issue(
  client: ApiClient,
  name: string,
  settings: { readonly expiresInDays?: number },
): Promise<{ readonly client: ApiClient; readonly id: string }> {
  const input = { name, scopes: ['read', 'manage', 'git'], ...settings };
  const { token, apiToken } = issued.parse((await client.post('/api/v1/api-tokens', input)).body);
  return { client: new ApiClient(client.url, { authorization: `Bearer ${token}` }), id: apiToken.id };
}
