import { openStore } from '../store/open-store.js';
import type { Store } from '../store/store.js';
import type { EncryptionKeys } from './encryption-key.js';
import { newKey, readKeyFile, replaceKeyFile } from './encryption-key.js';
import type { VaultOptions } from './open-vault.js';
import { openVault } from './open-vault.js';
import type { Reencryption, ReencryptionProgress } from './reencrypt.js';
import { reencrypt, refuseWhileInUse } from './reencrypt.js';

export interface KeyRotationOptions extends VaultOptions {
  /** A PostgreSQL; absent: the embedded database, which no server may have open meanwhile. */
  readonly database?: { readonly url: string } | undefined;
  readonly now: () => Date;
  /** Waited for. */
  readonly onProgress?: ((progress: ReencryptionProgress) => void | Promise<void>) | undefined;
}

/**
 * Puts every stored secret under the current key. Given by setting, that is the new one, and the one before is among
 * the old ones. In the key file of the data folder, the new one is made, and the one before goes when nothing needs it
 * any more. Killed at any moment, it goes on where it was the next time.
 *
 * @throws HubError `encryption_key_in_use` · `wrong_encryption_key` as `reencrypt` does; those of opening the store and
 * the vault.
 */
export async function rotateEncryptionKey(options: KeyRotationOptions): Promise<Reencryption> {
  const store = await openStore(options, options.now);
  try {
    if (options.encryptionKey === undefined) return await rotateKeyFile(store, options);
    const vault = await openVault(store, options);
    return await reencrypt({ store, vault, onProgress: options.onProgress });
  } finally {
    await store.close();
  }
}

async function rotateKeyFile(store: Store, options: KeyRotationOptions): Promise<Reencryption> {
  const { dataDirectory, onProgress } = options;
  const keys = await readKeyFile(dataDirectory);
  // The keys are proven to be the store's before any of them is replaced.
  await openVault(store, options);
  // A server that runs has read the file, and would not see the new key.
  await refuseWhileInUse(store.database, '', await store.now());
  if (keys?.others.length === 0) await replaceKeyFile(dataDirectory, addKey(keys));
  const vault = await openVault(store, options);
  const done = await reencrypt({ store, vault, onProgress });
  const current = (await readKeyFile(dataDirectory))?.current;
  if (current !== undefined) await replaceKeyFile(dataDirectory, { current, others: [] });
  return done;
}

/** A file with several keys is that of a rotation that was interrupted: it has its new key. */
function addKey({ current }: EncryptionKeys): EncryptionKeys {
  return { current: newKey(), others: [current] };
}
