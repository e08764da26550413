import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Hub } from '../hub.js';
import { GenerationSweeper } from '../syncs/generation-sweeper.js';
import { callerOf } from '../testing/callers.js';
import type { FakeAccount } from '../testing/fake-forge.js';
import { fakeRepositories, FakeForge } from '../testing/fake-forge.js';
import { openTestStore } from '../testing/test-database.js';
import { addProvider, gate, syncEnd, TestHubs, visiblePaths } from '../testing/test-hub.js';

const token = 'canary-token-of-ada';

describe('a connection', () => {
  let hubs: TestHubs;
  let dataDirectory: string;
  let forge: FakeForge;
  let ada: FakeAccount;
  let hub: Hub;
  let gitProviderId: string;

  beforeEach(async () => {
    hubs = new TestHubs();
    dataDirectory = await hubs.folder();
    forge = new FakeForge();
    ada = forge.addAccount(token, 'ada', fakeRepositories(3));
    hub = await hubs.open(forge, { dataDirectory });
    gitProviderId = await addProvider(hub);
  });

  afterEach(() => hubs.cleanUp());

  it("is refused with the forge's reason when the token is wrong, and nothing is kept or started", async () => {
    await expect(
      hub.connections.putToken(callerOf('person'), gitProviderId, { token: 'wrong' }),
    ).rejects.toMatchObject({
      name: 'ProviderError',
      kind: 'unauthenticated',
      message: 'The token is wrong or was revoked.',
    });
    expect(await hub.connections.get('person', gitProviderId)).toBeNull();
    expect(await hub.syncs.list('person')).toEqual([]);
  });

  it('survives a wrong token that was to replace it', async () => {
    const { syncId } = await hub.connections.putToken(callerOf('person'), gitProviderId, { token });
    await syncEnd(hub, 'person', syncId);
    const before = await hub.connections.get('person', gitProviderId);
    await expect(
      hub.connections.putToken(callerOf('person'), gitProviderId, { token: 'wrong' }),
    ).rejects.toMatchObject({
      kind: 'unauthenticated',
    });
    expect(await hub.connections.get('person', gitProviderId)).toEqual(before);
    expect((await syncEnd(hub, 'person', (await hub.syncs.start('person')).id)).state).toBe('succeeded');
  });

  it("passes on that the forge can't be reached", async () => {
    forge.before = () => {
      throw forge.error('network', 'There is nothing at that address.');
    };
    await expect(
      hub.connections.putToken(callerOf('person'), gitProviderId, { token }),
    ).rejects.toMatchObject({
      kind: 'network',
    });
  });

  it('is refused when the token belongs to somebody else than named', async () => {
    await expect(
      hub.connections.putToken(callerOf('person'), gitProviderId, { username: 'bob', token }),
    ).rejects.toMatchObject({
      kind: 'username_mismatch',
      message: expect.stringMatching(/belongs to ada, not to bob/),
    });
    expect(await hub.connections.get('person', gitProviderId)).toBeNull();
  });

  it('takes the e-mail address for a username too, where the forge tells it', async () => {
    ada.email = 'ada@acme.test';
    const input = { username: 'Ada@acme.test', token };
    await expect(hub.connections.putToken(callerOf('person'), gitProviderId, input)).resolves.toMatchObject({
      connection: { email: 'ada@acme.test' },
    });
  });

  it('leaves the check of the username to a forge that asks for both', async () => {
    forge.tokenHelp = 'required';
    const input = { username: 'somebody@acme.test', token };
    await expect(hub.connections.putToken(callerOf('person'), gitProviderId, input)).resolves.toBeDefined();
  });

  it.each([
    ['', 'token'],
    [' \n', 'token'],
    ['two words', 'token'],
    ['header\r\ninjection', 'token'],
    ['tök', 'token'],
    ['x'.repeat(10_001), 'token'],
  ])('asks the forge nothing about what is no token: %j', async (text, path) => {
    await expect(
      hub.connections.putToken(callerOf('person'), gitProviderId, { token: text }),
    ).rejects.toMatchObject({
      kind: 'invalid_input',
      issues: [{ path }],
    });
    expect(forge.requests).toEqual([]);
  });

  it('is one per person and git provider, however often they sign in', async () => {
    forge.accounts.set('second', ada);
    const all = await Promise.all(
      [token, 'second', token].map((text) =>
        hub.connections.putToken(callerOf('person'), gitProviderId, { token: text }),
      ),
    );
    expect(new Set(all.map(({ syncId }) => syncId)).size).toBe(1);
    expect((await syncEnd(hub, 'person', all[0]?.syncId ?? '')).state).toBe('succeeded');
    expect(await hub.gitProviders.list('person')).toMatchObject([
      { connection: { account: { username: 'ada' } } },
    ]);
  });

  it('counts its sign-ins, so that what acts with a former credential is told from what may write', async () => {
    await hub.connections.putToken(callerOf('person'), gitProviderId, { token });
    await hub.connections.putToken(callerOf('person'), gitProviderId, { token });
    await hub.close();
    const store = await openTestStore(dataDirectory, hubs.clock);
    const rows = await store.database.selectFrom('connections').select('epoch').execute();
    await store.close();
    expect(rows).toEqual([{ epoch: 2 }]);
  });

  it('is given up at once when the person goes, though an adapter ignores its signal', async () => {
    const asked = gate();
    const never = gate();
    forge.before = () => {
      asked.open();
      return never.opened;
    };
    const leaving = new AbortController();
    const signingIn = hub.connections.putToken(
      callerOf('person'),
      gitProviderId,
      { token },
      { signal: leaving.signal },
    );
    const left = expect(signingIn).rejects.toThrow('gone');
    await asked.opened;
    leaving.abort(new Error('gone'));
    await left;
    never.open();
    expect(await hub.connections.get('person', gitProviderId)).toBeNull();
  });

  it('is not saved when the person goes after the forge has answered', async () => {
    const leaving = new AbortController();
    Object.defineProperty(forge, 'tokenHelp', {
      get: () => {
        leaving.abort(new Error('gone'));
        return 'optional';
      },
    });
    await expect(
      hub.connections.putToken(callerOf('person'), gitProviderId, { token }, { signal: leaving.signal }),
    ).rejects.toThrow('gone');
    expect(await hub.connections.get('person', gitProviderId)).toBeNull();
    expect(await hub.syncs.list('person')).toEqual([]);
  });

  it('shows its token nowhere: not in answers, logs, errors or files', async () => {
    const signedIn = await hub.connections.putToken(callerOf('person'), gitProviderId, { token });
    forge.before = ({ kind }) => {
      if (kind === 'page') throw new TypeError('fault');
    };
    const sync = await syncEnd(hub, 'person', signedIn.syncId);
    const mismatch: unknown = await hub.connections
      .putToken(callerOf('person'), gitProviderId, { username: 'bob', token })
      .catch((error: unknown) => error);
    const malformed: unknown = await hub.connections
      .putToken(callerOf('person'), gitProviderId, { token: `${token} twice` })
      .catch((error: unknown) => error);
    const told = [
      signedIn,
      sync,
      mismatch,
      malformed,
      hub,
      hubs.logger.lines,
      await hub.gitProviders.list('person'),
    ];
    expect(inspect(told, { depth: 20, showHidden: true })).not.toContain('canary');

    await hub.close();
    for (const file of await readdir(dataDirectory)) {
      expect((await readFile(join(dataDirectory, file))).includes('canary')).toBe(false);
    }
  });

  it('hides everything and forgets the token when the person signs out', async () => {
    const { syncId } = await hub.connections.putToken(callerOf('person'), gitProviderId, { token });
    await syncEnd(hub, 'person', syncId);
    await hub.connections.signOut(callerOf('person'), gitProviderId);
    expect(await visiblePaths(hub, 'person')).toEqual([]);
    expect(await hub.connections.get('person', gitProviderId)).toBeNull();
    await expect(hub.connections.signOut(callerOf('person'), gitProviderId)).rejects.toMatchObject({
      kind: 'not_found',
    });
    await expect(hub.syncs.start('person')).rejects.toMatchObject({ kind: 'not_connected' });
  });

  it('leaves no permissions in the store when the person has signed out', async () => {
    const { syncId } = await hub.connections.putToken(callerOf('person'), gitProviderId, { token });
    await syncEnd(hub, 'person', syncId);
    const sweep = jest.spyOn(GenerationSweeper.prototype, 'sweep');
    await hub.connections.signOut(callerOf('person'), gitProviderId);
    await sweep.mock.results.at(-1)?.value;
    sweep.mockRestore();
    await hub.close();

    const store = await openTestStore(dataDirectory, hubs.clock);
    const permissions = await store.database.selectFrom('permissions').selectAll().execute();
    await store.close();
    expect(permissions).toEqual([]);
  });

  it('can be made again after a sign-out in the same sync', async () => {
    const first = await hub.connections.putToken(callerOf('person'), gitProviderId, { token });
    await hub.connections.signOut(callerOf('person'), gitProviderId);
    const second = await hub.connections.putToken(callerOf('person'), gitProviderId, { token });
    await syncEnd(hub, 'person', second.syncId);
    expect(await visiblePaths(hub, 'person')).toHaveLength(3);
    expect((await hub.syncs.get('person', first.syncId)).finishedAt).toBeDefined();
  });
});
