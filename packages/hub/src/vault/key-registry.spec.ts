import { createSecretKey, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Resources } from '../resources.js';
import { openTestResources } from '../testing/test-store.js';
import { createKeyFile } from './encryption-key.js';
import { keysInUse, takeKeyIntoUse } from './key-registry.js';
import { openVault } from './open-vault.js';
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
