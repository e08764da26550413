import { randomBytes } from 'node:crypto';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HubError } from '../errors.js';
import type { HubOptions } from '../hub.js';
import type { Store } from '../store/store.js';
import { callerOf } from '../testing/callers.js';
import { fakeRepositories, FakeForge } from '../testing/fake-forge.js';
import { databaseOf, openTestStore } from '../testing/test-database.js';
import { addProvider, syncEnd, TestHubs } from '../testing/test-hub.js';
import { newKey, readKeyFile, replaceKeyFile } from './encryption-key.js';
import type { Reencryption } from './reencrypt.js';
import { rotateEncryptionKey } from './rotate-encryption-key.js';
import { Vault } from './vault.js';

const person = callerOf('person');

describe('rotating the encryption key', () => {
  let hubs: TestHubs;
  let forge: FakeForge;
  let dataDirectory: string;
  let file: string;

  beforeEach(async () => {
    hubs = new TestHubs();
    dataDirectory = await hubs.folder();
    file = join(dataDirectory, 'encryption.key');
    forge = new FakeForge();
    forge.addAccount('token', 'ada', fakeRepositories(1));
  });

  afterEach(() => hubs.cleanUp());

  /** A hub with one sign-in, closed again. */
  async function fill(options: Partial<HubOptions> = {}): Promise<void> {
    const hub = await hubs.open(forge, { dataDirectory, ...options });
    const { syncId } = await hub.connections.putToken(person, await addProvider(hub), { token: 'token' });
    await syncEnd(hub, person.personId, syncId);
    await hub.close();
  }

  /** Whether what was stored can still be used. */
  async function signInWorks(options: Partial<HubOptions> = {}): Promise<boolean> {
    const hub = await hubs.open(forge, { dataDirectory, ...options });
    const { id } = await hub.syncs.start(person.personId);
    const sync = await syncEnd(hub, person.personId, id);
    await hub.close();
    return sync.state === 'succeeded';
  }

  async function rotate(keys: Partial<HubOptions> = {}): Promise<Reencryption> {
    const { encryptionKey, oldEncryptionKeys } = keys;
    const database = await databaseOf(dataDirectory);
    const now = () => hubs.clock.now();
    return rotateEncryptionKey({ dataDirectory, database, encryptionKey, oldEncryptionKeys, now });
  }

  const kindOf = (error: unknown) => (error instanceof HubError ? error.kind : error);
  async function withStore(use: (store: Store) => Promise<void>): Promise<void> {
    const store = await openTestStore(dataDirectory, hubs.clock);
    await use(store).finally(() => store.close());
  }

  const makeKey = () => randomBytes(32).toString('base64');

  it('takes the new key from the settings, and the one before from among the old ones', async () => {
    const [encryptionKey, next] = [makeKey(), makeKey()];
    await fill({ encryptionKey });
    const done = await rotate({ encryptionKey: next, oldEncryptionKeys: [encryptionKey] });
    expect(done).toMatchObject({ reencrypted: 1, retired: [expect.any(String)] });
    expect(await signInWorks({ encryptionKey: next })).toBe(true);
    await expect(hubs.open(forge, { dataDirectory, encryptionKey })).rejects.toMatchObject({
      kind: 'wrong_encryption_key',
    });
  });

  it('is refused when the key before is not given, and changes nothing', async () => {
    const encryptionKey = makeKey();
    await fill({ encryptionKey });
    await expect(rotate({ encryptionKey: makeKey() })).rejects.toMatchObject({
      kind: 'wrong_encryption_key',
    });
    expect(await signInWorks({ encryptionKey })).toBe(true);
  });

  it('makes the new key by itself where the data folder keeps it, and forgets the one before the last', async () => {
    await fill();
    const keysNow = async () => (await readFile(file, 'utf8')).trim().split('\n');
    const [first] = await keysNow();
    expect(await rotate()).toMatchObject({ reencrypted: 1, retired: [expect.any(String)] });
    const [second, ...before] = await keysNow();
    expect(before).toEqual([first]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await rotate()).toMatchObject({ reencrypted: 1, retired: [expect.any(String)] });
    expect(await keysNow()).toEqual([expect.any(String), second]);
    expect(await signInWorks()).toBe(true);
  });

  it('goes on with the key that it has made when it is killed, and a server starts in between', async () => {
    await fill();
    const keys = await readKeyFile(dataDirectory);
    if (keys === undefined) throw new Error('There should be a key.');
    const made = newKey();
    await replaceKeyFile(dataDirectory, { current: made, others: [keys.current] });
    expect(await signInWorks()).toBe(true);
    await rotate();
    expect((await readKeyFile(dataDirectory))?.current.equals(made)).toBe(true);
    expect((await readKeyFile(dataDirectory))?.others).toHaveLength(1);
    expect(await signInWorks()).toBe(true);
  });

  it('puts what was sealed with the key before since under the new one, before it makes another', async () => {
    await fill();
    const keys = await readKeyFile(dataDirectory);
    if (keys === undefined) throw new Error('There should be a key.');
    await rotate();
    await withStore(async ({ database }) => {
      const { id } = await database.selectFrom('connections').select('id').executeTakeFirstOrThrow();
      const place = { table: 'connections', id, column: 'credential' } as const;
      const credential = new Vault(keys.current).seal('late', place);
      await database.updateTable('connections').set({ credential }).execute();
    });
    const made = (await readKeyFile(dataDirectory))?.current;
    expect(await rotate()).toMatchObject({ reencrypted: 1, retired: [] });
    expect((await readKeyFile(dataDirectory))?.current.equals(made ?? newKey())).toBe(true);
  });

  it('is refused while a server runs, which would not see a key that is made now', async () => {
    await fill();
    // On PostgreSQL the rotation goes by the time of day.
    hubs.clock.advance(Math.max(0, Date.now() - hubs.clock.now().getTime()));
    const before = await readFile(file, 'utf8');
    const hub = await hubs.open(forge, { dataDirectory });
    await expect(rotate()).rejects.toMatchObject({
      kind: globalThis.testDatabase === 'postgres' ? 'encryption_key_in_use' : 'store_locked',
    });
    expect(await readFile(file, 'utf8')).toBe(before);
    await hub.close();
    expect(await rotate()).toMatchObject({ reencrypted: 1 });
  });

  it('ends a server that slept through it', async () => {
    await fill();
    const hub = await hubs.open(forge, { dataDirectory });
    // On PostgreSQL the rotation goes by the time of day, by which this server was last heard of long ago.
    const done = await rotate().catch(kindOf);
    if (globalThis.testDatabase === 'postgres') {
      expect(done).toMatchObject({ reencrypted: 1 });
      hubs.clock.advance(120_000);
      expect(await hub.failed).toMatchObject({ kind: 'wrong_encryption_key' });
    } else {
      expect(done).toBe('store_locked');
    }
    await hub.close();
    expect(await signInWorks()).toBe(true);
  });

  it('loses nothing when it is done several times at once', async () => {
    await fill();
    for (let round = 0; round < 5; round += 1) {
      const ends = await Promise.allSettled([rotate(), rotate(), rotate()]);
      expect(ends).toContainEqual(expect.objectContaining({ status: 'fulfilled' }));
      for (const end of ends) {
        if (end.status === 'fulfilled') continue;
        expect(['encryption_key_in_use', 'store_locked']).toContain(kindOf(end.reason));
      }
      expect(await signInWorks()).toBe(true);
    }
  });

  it('keeps the key file as it is when the key in it is not the right one', async () => {
    await fill();
    const right = await readFile(file, 'utf8');
    const wrong = `${makeKey()}\n`;
    await writeFile(file, wrong);
    await expect(rotate()).rejects.toMatchObject({ kind: 'wrong_encryption_key' });
    expect(await readFile(file, 'utf8')).toBe(wrong);
    await writeFile(file, right);
    expect(await signInWorks()).toBe(true);
  });

  it('has nothing to do in a folder that was never used', async () => {
    expect(await rotate()).toMatchObject({ reencrypted: 0, retired: [] });
    await rm(file);
    await expect(rotate()).rejects.toMatchObject({ kind: 'missing_encryption_key' });
  });
});
