import { createSecretKey, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Resources } from '../resources.js';
import type { Queries } from '../store/store.js';
import { openTestResources } from '../testing/test-store.js';
import { createKeyFile } from './encryption-key.js';
import {
  keysInUse,
  lockKeys,
  checkAndRegister,
  retireKeys,
  stayInUse,
  takeKeyIntoUse,
} from './key-registry.js';
import { registerUser } from './key-users.js';
import { openVault } from './open-vault.js';
import { reencrypt } from './reencrypt.js';
import { Vault } from './vault.js';

describe('the first start of several servers at once', () => {
  let folder: string;
  let resources: Resources;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  const five = <T>(make: () => T): readonly T[] => Array.from({ length: 5 }, make);

  it('lets one of their keys into use, and tells the others which one', async () => {
    const vaults = five(() => new Vault(createSecretKey(randomBytes(32))));
    const starts = await Promise.allSettled(vaults.map((vault) => takeKeyIntoUse(resources.store, vault)));
    const [keyId = '', ...more] = await keysInUse(resources.store.database);
    expect(more).toEqual([]);
    for (const [index, start] of starts.entries()) {
      if (vaults[index]?.keyId === keyId) expect(start.status).toBe('fulfilled');
      else
        expect(start).toMatchObject({
          reason: { kind: 'wrong_encryption_key', message: expect.stringContaining(keyId) },
        });
    }
  });

  it('makes one key in a folder that they share', async () => {
    const keys = await Promise.all(five(() => createKeyFile(folder)));
    for (const { current } of keys) expect(keys[0]?.current.equals(current)).toBe(true);
    expect((await readdir(folder)).filter((name) => name.startsWith('encryption.key.'))).toEqual([]);
  });

  it('leaves no key behind that was made for nothing', async () => {
    const other = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    const options = (dataDirectory: string) => ({ dataDirectory });
    const starts = await Promise.allSettled(
      [folder, other].map((dataDirectory) => openVault(resources.store, options(dataDirectory))),
    );
    expect(starts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const files = [...(await readdir(folder)), ...(await readdir(other))];
    expect(files.filter((name) => name === 'encryption.key')).toHaveLength(1);
    await rm(other, { recursive: true });
  });
});

describe('while somebody changes which keys are in use', () => {
  let folder: string;
  let resources: Resources;
  let before: Vault;
  let after: Vault;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
    const oldKey = createSecretKey(randomBytes(32));
    before = new Vault(oldKey);
    after = new Vault(createSecretKey(randomBytes(32)), [oldKey]);
    await takeKeyIntoUse(resources.store, before);
    // With connections made, none of those who come together is late.
    await Promise.all([1, 2, 3].map(() => resources.store.now()));
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Changes them, and begins the work before that is committed. */
  async function during<T>(
    change: (transaction: Queries) => Promise<void>,
    work: () => Promise<T>,
  ): Promise<PromiseSettledResult<T>> {
    const { database } = resources.store;
    const begun = await database.transaction().execute(async (transaction) => {
      await lockKeys(transaction);
      await change(transaction);
      const end = Promise.allSettled([work()]);
      // Whoever does not wait is through before these are.
      for (let statement = 0; statement < 100; statement += 1) await keysInUse(transaction);
      return { end };
    });
    const [end] = await begun.end;
    return end;
  }

  const replaceKey = async (transaction: Queries): Promise<void> => {
    await checkAndRegister(transaction, after);
    await retireKeys(transaction, [before.keyId]);
  };

  it('a server that starts waits for the end, and is refused with what holds then', async () => {
    const start = await during(replaceKey, () => takeKeyIntoUse(resources.store, before, 'server'));
    expect(start).toMatchObject({ status: 'rejected', reason: { kind: 'wrong_encryption_key' } });
  });

  it('a server that wakes up waits for the end, and brings nothing back', async () => {
    const wakeUp = await during(replaceKey, () => stayInUse(resources.store, before, 'server'));
    expect(wakeUp).toMatchObject({ status: 'rejected', reason: { kind: 'wrong_encryption_key' } });
    expect(await keysInUse(resources.store.database)).toEqual([after.keyId]);
  });

  it('a key is not taken out of use that a server has taken into use by then', async () => {
    const { store } = resources;
    const now = await store.now();
    const change = await during(
      (transaction) => registerUser(transaction, 'server', before.keyId, now),
      () => reencrypt({ store, vault: after }),
    );
    expect(change).toMatchObject({ status: 'rejected', reason: { kind: 'encryption_key_in_use' } });
    expect(await keysInUse(store.database)).toContain(before.keyId);
  });
});
