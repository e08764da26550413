import { HubError } from '../errors.js';
import type { Store } from '../store/store.js';
import { loadEncryptionKey, parseEncryptionKey } from './encryption-key.js';
import type { VaultRecord } from './vault.js';
import { Vault } from './vault.js';

const checkRecord: VaultRecord = { table: 'meta', id: 'encryption_check', column: 'value' };
const checkText = 'anyforge';

/**
 * Opens the vault of a store with the key given, or the one in the data folder, and proves that it is the right one.
 *
 * @throws HubError `wrong_encryption_key` · `missing_encryption_key` · `invalid_encryption_key`.
 */
export async function openVault(
  store: Store,
  dataDirectory: string,
  encryptionKey: string | undefined,
): Promise<Vault> {
  const check = await store.database
    .selectFrom('meta')
    .select('value')
    .where('key', '=', checkRecord.id)
    .executeTakeFirst();
  const key =
    encryptionKey === undefined
      ? await loadEncryptionKey(dataDirectory, check === undefined)
      : parseEncryptionKey(encryptionKey, 'the settings', 'Make one with: openssl rand -base64 32');
  const vault = new Vault(key);
  if (check === undefined) {
    const value = vault.seal(checkText, checkRecord);
    await store.database.insertInto('meta').values({ key: checkRecord.id, value }).execute();
  } else if (vault.open(check.value, checkRecord) !== checkText) {
    throw new HubError(
      'wrong_encryption_key',
      'The encryption key is not the one that this store began with.',
    );
  }
  return vault;
}
