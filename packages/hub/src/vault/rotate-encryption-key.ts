import { randomUUID } from 'node:crypto';
import { openStore } from '../store/open-store.js';
import type { Queries, Store } from '../store/store.js';
import { newKey, readKeyFile, replaceKeyFile } from './encryption-key.js';
import { keysInUse, lockKeys, checkAndRegister, stayInUse } from './key-registry.js';
import { registerUser, removeUser } from './key-users.js';
import type { VaultOptions } from './open-vault.js';
import { missingKey, openVault, toVault } from './open-vault.js';
import type { Reencryption, ReencryptionProgress } from './reencrypt.js';
import { isAnyUnderOthers, reencrypt, refuseWhileInUse } from './reencrypt.js';
import type { Vault } from './vault.js';

export interface KeyRotationOptions extends VaultOptions {
  /** A PostgreSQL; absent: the embedded database, which no server may have open meanwhile. */
  readonly database?: { readonly url: string } | undefined;
  readonly now: () => Date;
  /** Waited for. */
  readonly onProgress?: ((progress: ReencryptionProgress) => void | Promise<void>) | undefined;
}

/**
 * Puts every stored secret under the current key. Given by setting, that is the new one, and the one before is among
 * the old ones. In the key file of the data folder, the new one is made, and the one before stays behind it until the
 * next time. Killed at any moment, it goes on where it was the next time; of two at once that have the same new key,
 * each does a part, and one with another is refused.
 *
 * @throws HubError `encryption_key_in_use` · `wrong_encryption_key` as `reencrypt` does; those of opening the store and
 * the vault.
 */
export async function rotateEncryptionKey(options: KeyRotationOptions): Promise<Reencryption> {
  const store = await openStore(options, options.now);
  try {
    // One process alone has the embedded database, and nobody to tell with which key it encrypts.
    if (store.shared) return await rotateAs(store, options, randomUUID());
    return await reencrypt({ ...options, store, vault: await openNewVault(store, options) });
  } finally {
    await store.close();
  }
}

/** While others share the database, a rotation is one of those who encrypt. */
async function rotateAs(store: Store, options: KeyRotationOptions, userId: string): Promise<Reencryption> {
  try {
    const vault = await openNewVault(store, options, userId);
    const onProgress = async (progress: ReencryptionProgress): Promise<void> => {
      await stayInUse(store, vault, userId);
      await options.onProgress?.(progress);
    };
    return await reencrypt({ store, vault, onProgress });
  } finally {
    await removeUser(store.database, userId);
  }
}

async function openNewVault(store: Store, options: KeyRotationOptions, userId?: string): Promise<Vault> {
  const { dataDirectory, encryptionKey } = options;
  if (encryptionKey !== undefined) return openVault(store, options, userId);
  const keys = await readKeyFile(dataDirectory);
  if (keys === undefined) return openVault(store, options, userId);
  const now = await store.now();
  return store.database.transaction().execute(async (transaction) => {
    await lockKeys(transaction);
    const vault = await renewKeyFile(transaction, options, now);
    if (userId !== undefined) await registerUser(transaction, userId, vault.keyId, now);
    return vault;
  });
}

/**
 * The lock of the keys is that of the file as well: whoever reads it to replace it is alone with it until the keys in
 * it are on the list. So it is the one thing besides SQL that is waited for in a transaction.
 */
async function renewKeyFile(transaction: Queries, options: KeyRotationOptions, now: number): Promise<Vault> {
  const { dataDirectory } = options;
  const keys = await readKeyFile(dataDirectory);
  if (keys === undefined) throw missingKey(dataDirectory, await keysInUse(transaction));
  const before = toVault(keys, options);
  // The keys are seen to be the store's before any of them is replaced.
  await checkAndRegister(transaction, before);
  const isUnderWay = keys.others.length > 0 && (await needsOthers(transaction, before));
  const next = isUnderWay ? keys : { current: newKey(), others: [keys.current] };
  const vault = toVault(next, options);
  // A server that runs has read the file, and would not see the new key.
  await refuseWhileInUse(transaction, vault.keyId, now);
  await checkAndRegister(transaction, vault);
  if (!isUnderWay) await replaceKeyFile(dataDirectory, next);
  return vault;
}

/** Whether a change to the vault's current key is not finished, or something was sealed with one before since. */
async function needsOthers(transaction: Queries, { keyId }: Vault): Promise<boolean> {
  const inUse = await keysInUse(transaction);
  return inUse.some((other) => other !== keyId) || isAnyUnderOthers(transaction, keyId);
}
