import { createSecretKey, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Resources } from '../resources.js';
import type { TestClock } from '../testing/test-clock.js';
import { addConnection, openTestResources } from '../testing/test-store.js';
import { keysInUse, takeKeyIntoUse } from './key-registry.js';
import { KeyUse } from './key-use.js';
import type { ReencryptionProgress, ReencryptOptions } from './reencrypt.js';
import { reencrypt } from './reencrypt.js';
import type { VaultRecord } from './sealed-columns.js';
import { sealedPrefix, Vault } from './vault.js';

const minute = 60_000;

describe('a change of the encryption key', () => {
  let folder: string;
  let resources: Resources & { readonly clock: TestClock };
  let oldKey: KeyObject;
  let newKey: KeyObject;
  /** The one before, that of servers which know both, and the one after. */
  let before: Vault;
  let vault: Vault;
  let after: Vault;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
    oldKey = createSecretKey(randomBytes(32));
    newKey = createSecretKey(randomBytes(32));
    before = new Vault(oldKey);
    vault = new Vault(newKey, [oldKey]);
    after = new Vault(newKey);
    await takeKeyIntoUse(resources.store, before);
    await takeKeyIntoUse(resources.store, vault);
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  const record = (id: string): VaultRecord => ({ table: 'connections', id, column: 'credential' });
  const nameOf = (index: number): string => `person-${String(index).padStart(4, '0')}`;

  async function addSealed(count: number, sealer = before): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      const { id } = await addConnection(resources, nameOf(index));
      await put(id, sealer.seal(`secret of ${id}`, record(id)));
    }
    const secrets = sealer.seal('client secret', {
      table: 'git_providers',
      id: 'provider',
      column: 'secrets',
    });
    await resources.store.database.updateTable('git_providers').set({ secrets }).execute();
  }

  async function put(id: string, credential: string): Promise<void> {
    await resources.store.database
      .updateTable('connections')
      .set({ credential })
      .where('id', '=', id)
      .execute();
  }

  const connections = () =>
    resources.store.database.selectFrom('connections').select(['id', 'credential']).orderBy('id').execute();

  const rotate = (onProgress?: ReencryptOptions['onProgress']) =>
    reencrypt({ store: resources.store, vault, onProgress });

  async function expectAllUnderNewKey(): Promise<void> {
    for (const { id, credential } of await connections()) {
      expect(after.open(credential, record(id))).toBe(`secret of ${id}`);
    }
    const provider = await resources.store.database
      .selectFrom('git_providers')
      .select(['id', 'secrets'])
      .executeTakeFirstOrThrow();
    expect(
      after.open(provider.secrets ?? '', { table: 'git_providers', id: provider.id, column: 'secrets' }),
    ).toBe('client secret');
  }

  it('deletes what is only there to save time, rather than encrypt it anew', async () => {
    await addSealed(1);
    const place = { table: 'answers', column: 'value' } as const;
    const answer = (id: string, sealer: Vault) => ({
      id,
      connection_id: 'connection-of-person-0000',
      value: sealer.seal('an answer', { ...place, id }),
      bytes: 100,
      used_at: 0,
    });
    const earlier = Array.from({ length: 230 }, (_, index) => answer(`old-${index}`, before));
    await resources.store.database
      .insertInto('answers')
      .values([...earlier, { ...answer('broken', before), value: sealedPrefix('another') }])
      .execute();
    await resources.store.database.insertInto('answers').values(answer('new', vault)).execute();
    expect(await rotate()).toMatchObject({ reencrypted: 2 });
    const kept = await resources.store.database.selectFrom('answers').select('id').execute();
    expect(kept).toMatchObject([{ id: 'new' }]);
    expect(await keysInUse(resources.store.database)).toEqual([after.keyId]);
  });

  it('puts everything under the new key, and tells how far it is', async () => {
    await addSealed(230);
    const told: ReencryptionProgress[] = [];
    const done = await rotate((progress) => void told.push(progress));
    expect(done).toEqual({ reencrypted: 231, keyId: after.keyId, retired: [before.keyId] });
    expect(told).toMatchObject([
      { table: 'connections', done: 100, total: 230 },
      { table: 'connections', done: 200, total: 230 },
      { table: 'connections', done: 230, total: 230 },
      { table: 'git_providers', done: 1, total: 1 },
    ]);
    await expectAllUnderNewKey();
  });

  it('ends the need for the old key, which nobody opens the store with any more', async () => {
    await addSealed(1);
    await expect(takeKeyIntoUse(resources.store, after)).rejects.toMatchObject({
      kind: 'wrong_encryption_key',
      message: expect.stringContaining(before.keyId),
    });
    await rotate();
    await takeKeyIntoUse(resources.store, after);
    await expect(takeKeyIntoUse(resources.store, before)).rejects.toMatchObject({
      kind: 'wrong_encryption_key',
      message: expect.stringContaining(after.keyId),
    });
    expect(await keysInUse(resources.store.database)).toEqual([after.keyId]);
  });

  it('goes on where it was killed', async () => {
    await addSealed(150);
    const killed = (): never => {
      throw new Error('killed');
    };
    await expect(rotate(killed)).rejects.toThrow('killed');
    expect(await keysInUse(resources.store.database)).toContain(before.keyId);
    const done = await rotate();
    expect(done).toMatchObject({ reencrypted: 51, retired: [before.keyId] });
    await expectAllUnderNewKey();
  });

  it('may be done by two at once', async () => {
    await addSealed(150);
    const [one, other] = await Promise.all([rotate(), rotate()]);
    expect(one.reencrypted + other.reencrypted).toBe(151);
    await expectAllUnderNewKey();
  });

  it('overwrites nothing that is newer', async () => {
    await addSealed(3);
    const id = `connection-of-${nameOf(1)}`;
    const newer = vault.seal('newer', record(id));
    let isFirst = true;
    /** Somebody writes between the reading of a value and its replacement. */
    class WatchedVault extends Vault {
      override open(sealed: string, place: VaultRecord): string {
        if (isFirst) void put(id, newer);
        isFirst = false;
        return super.open(sealed, place);
      }
    }
    await reencrypt({ store: resources.store, vault: new WatchedVault(newKey, [oldKey]) });
    const stored = (await connections()).find((row) => row.id === id);
    expect(stored?.credential).toBe(newer);
  });

  it('finds what a server that is late has written with the old key meanwhile', async () => {
    await addSealed(120);
    const id = `connection-of-${nameOf(0)}`;
    let isFirst = true;
    const done = await reencrypt({
      store: resources.store,
      vault,
      onProgress: async () => {
        if (isFirst) await put(id, before.seal(`secret of ${id}`, record(id)));
        isFirst = false;
      },
    });
    expect(done.reencrypted).toBe(122);
    await expectAllUnderNewKey();
  });

  describe('while a server runs that encrypts with the old key', () => {
    const server = (own = before): KeyUse => new KeyUse({ ...resources, vault: own, userId: 'server' });
    /** As every server does before the change: docs/encryption.md, step 1. */
    const serverThatKnowsBoth = (): KeyUse => server(new Vault(oldKey, [newKey]));

    it('is refused, in words, and takes nothing out of use', async () => {
      await addSealed(1);
      const running = server();
      await running.tell();
      await expect(rotate()).rejects.toMatchObject({
        kind: 'encryption_key_in_use',
        message: expect.stringContaining('Restart every server'),
      });
      expect(await keysInUse(resources.store.database)).toContain(before.keyId);
      await running.close();
      expect(await rotate()).toMatchObject({ retired: [before.keyId] });
    });

    it('waits no longer than a few minutes for one that was killed', async () => {
      await addSealed(1);
      await server().tell();
      resources.clock.advance(4 * minute);
      expect(await rotate()).toMatchObject({ retired: [before.keyId] });
    });

    it('is not finished when that server is started in the middle', async () => {
      await addSealed(1);
      const running = server();
      await expect(rotate(() => running.tell())).rejects.toMatchObject({ kind: 'encryption_key_in_use' });
      await running.close();
    });

    it('has to be done again when that server wakes up after a long sleep', async () => {
      await addSealed(1);
      const sleeping = serverThatKnowsBoth();
      await sleeping.tell();
      resources.clock.advance(4 * minute);
      await rotate();
      await sleeping.tell();
      await addSealed(0, before);
      await expect(takeKeyIntoUse(resources.store, after)).rejects.toMatchObject({
        message: expect.stringContaining(before.keyId),
      });
      await sleeping.close();
      expect(await rotate()).toMatchObject({ reencrypted: 1, retired: [before.keyId] });
      await expectAllUnderNewKey();
    });

    it('ends that server, and brings nothing back, when it does not know the new key', async () => {
      await addSealed(1);
      const sleeping = server();
      await sleeping.tell();
      resources.clock.advance(4 * minute);
      await rotate();
      await sleeping.tell();
      expect(await sleeping.failed).toMatchObject({
        kind: 'wrong_encryption_key',
        message: expect.stringContaining(after.keyId),
      });
      expect(await keysInUse(resources.store.database)).toEqual([after.keyId]);
      await sleeping.close();
    });

    it('is refused from the moment at which that server has opened its vault', async () => {
      await addSealed(1);
      await takeKeyIntoUse(resources.store, new Vault(oldKey, [newKey]), 'server');
      await expect(rotate()).rejects.toMatchObject({ kind: 'encryption_key_in_use' });
    });
  });

  it('names what was changed or moved behind its back, does the rest, and keeps the old key', async () => {
    await addSealed(3);
    const [first, second] = await connections();
    if (first === undefined || second === undefined) throw new Error('There should be connections.');
    await put(first.id, second.credential);
    await expect(rotate()).rejects.toMatchObject({
      kind: 'wrong_encryption_key',
      message: expect.stringContaining(`connections.credential of ${first.id}`),
    });
    expect(await keysInUse(resources.store.database)).toContain(before.keyId);
    const left = (await connections()).filter(
      ({ credential }) => !credential.startsWith(sealedPrefix(after.keyId)),
    );
    expect(left.map(({ id }) => id)).toEqual([first.id]);
  });
});
