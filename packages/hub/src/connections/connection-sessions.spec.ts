import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Credential } from '@anyforge/core';
import { bindingOf } from '../git-providers/binding.js';
import { findGitProvider, GitProviderPool } from '../git-providers/git-provider-pool.js';
import { ProviderTypes } from '../provider-types.js';
import { fakeRepositories, FakeForge } from '../testing/fake-forge.js';
import { catalogOf } from '../testing/test-hub.js';
import { addConnection, openTestResources } from '../testing/test-store.js';
import type { ConnectionEpoch } from './stored-connection.js';
import { ConnectionRenewals } from './connection-renewals.js';
import { ConnectionSessions } from './connection-sessions.js';
import { credentialRecord, readCredential, writeCredential } from './stored-credential.js';
import { UpstreamRevocations } from './upstream-revocations.js';

describe('a session of a stored connection', () => {
  let folder: string;
  let resources: Awaited<ReturnType<typeof openTestResources>>;
  let forge: FakeForge;
  let pool: GitProviderPool;
  let sessions: ConnectionSessions;
  let connection: ConnectionEpoch;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
    forge = new FakeForge();
    forge.addAccount('first', 'ada', fakeRepositories(1));
    forge.addAccount('second', 'bob', fakeRepositories(1));
    const types = new ProviderTypes(catalogOf(forge.plugin));
    pool = new GitProviderPool(resources, types, {});
    sessions = new ConnectionSessions(
      resources,
      pool,
      new ConnectionRenewals(resources, pool, new UpstreamRevocations(resources)),
    );
    const { id, git_provider_id } = await addConnection(resources);
    connection = { connectionId: id, gitProviderId: git_provider_id, epoch: 1 };
    await resources.store.database
      .updateTable('git_providers')
      .set({ config: JSON.stringify({ baseUrl: 'https://forge.test' }) })
      .execute();
    await store({ kind: 'token', token: 'first' }, 1);
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function store(credential: Credential, epoch: number): Promise<void> {
    const record = credentialRecord(connection.connectionId);
    await resources.store.database
      .updateTable('connections')
      .set({ credential: resources.vault.seal(writeCredential(credential), record), epoch })
      .execute();
  }

  async function setAddress(baseUrl: string, version: number): Promise<void> {
    await resources.store.database
      .updateTable('git_providers')
      .set({ config: JSON.stringify({ baseUrl }), version })
      .execute();
  }

  it('takes the credential from the vault once a second, so that another one is used soon', async () => {
    const session = await sessions.open(connection);
    expect((await session.identity()).account.username).toBe('ada');
    await store({ kind: 'token', token: 'second' }, 1);
    resources.clock.advance(999);
    expect((await session.identity()).account.username).toBe('ada');
    resources.clock.advance(1);
    expect((await session.identity()).account.username).toBe('bob');
  });

  it('never acts with the credential of a later sign-in', async () => {
    const session = await sessions.open(connection);
    await store({ kind: 'token', token: 'second' }, 2);
    await expect(session.identity()).rejects.toMatchObject({
      kind: 'unauthenticated',
      details: { repair: { text: 'Try again; if you are signed out, sign in first.' } },
    });
    expect(forge.requests).toEqual([]);
  });

  it('never brings a token to the address at which it was opened, when that was not its own', async () => {
    const bound = bindingOf({ baseUrl: 'https://forge.test' }, 'token');
    await resources.store.database.updateTable('connections').set({ bound_to: bound }).execute();
    await setAddress('https://evil.test', 2);
    const session = await sessions.open(connection);
    // By the time that it is used, the settings are what the token was given for; the session still leads elsewhere.
    await setAddress('https://forge.test', 3);
    await expect(session.identity()).rejects.toMatchObject({ kind: 'grant_expired' });
    expect(forge.sent).toEqual([]);
    await (await sessions.open(connection)).identity();
    expect(forge.sent.map(({ baseUrl }) => baseUrl)).toContain('https://forge.test');
  });

  it('names the account of its sign-in, which the next sign-in may not be of', async () => {
    await (await sessions.open(connection)).identity();
    await (await sessions.open(connection)).identity();
    await store({ kind: 'token', token: 'second' }, 2);
    await (await sessions.open({ ...connection, epoch: 2 })).identity();
    const [first, again, other] = forge.requests.map(({ key }) => key);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    expect([first, other]).toEqual(['1', '2'].map((epoch) => `${connection.connectionId}.${epoch}`));
  });

  it.each([['token'], ['oauth']] as const)(
    'tells beforehand that its credentials are of the kind %s, by which some limits are counted',
    async (kind) => {
      const row = await findGitProvider(resources.store.database, connection.gitProviderId);
      const signIn = jest.spyOn(pool.get(row), 'signIn');
      const bound_to = bindingOf({ baseUrl: 'https://forge.test' }, kind);
      await resources.store.database.updateTable('connections').set({ kind, bound_to }).execute();
      await sessions.open(connection);
      expect(signIn.mock.calls[0]?.[0].kind).toBe(kind);
    },
  );
});

describe('a stored credential', () => {
  it.each<Credential>([
    { kind: 'token', token: 'token' },
    { kind: 'token', token: 'token', username: 'ada' },
    { kind: 'oauth', accessToken: 'access' },
    {
      kind: 'oauth',
      accessToken: 'access',
      refreshToken: 'refresh',
      expiresAt: new Date(1),
      refreshTokenExpiresAt: new Date(2),
      scopes: ['repo'],
      redirectUri: 'https://anyforge.test/callback',
    },
  ])('comes back as it was: %j', (credential) => {
    expect(readCredential(writeCredential(credential))).toEqual(credential);
  });
});
