import { HubError } from '../errors.js';
import type { Store, Queries } from '../store/store.js';
import type { VaultRecord } from './sealed-columns.js';
import type { Vault } from './vault.js';
import { unknownKeys } from './vault.js';

const proofText = 'anyforge';
const proofPrefix = 'encryption_key:';
const lockKey = 'encryption_keys';

/** The ids of the keys with which a store's secrets may be encrypted. */
export async function keysInUse(database: Queries): Promise<readonly string[]> {
  const rows = await database
    .selectFrom('meta')
    .select('key')
    .where('key', 'like', `${proofPrefix}%`)
    .orderBy('key')
    .execute();
  return rows.map(({ key }) => key.slice(proofPrefix.length));
}

/**
 * Takes the vault's current key into use, when the vault knows every key that is. Of processes with different keys that
 * open an empty store at once, one comes first, and the others are refused.
 *
 * @throws HubError `wrong_encryption_key`, and nothing is written.
 */
export async function takeKeyIntoUse(store: Store, vault: Vault): Promise<void> {
  await store.database.transaction().execute(async (transaction) => {
    await lockKeys(transaction);
    const missing = (await keysInUse(transaction)).filter((keyId) => !vault.keyIds.includes(keyId));
    if (missing.length > 0) throw unknownKeys(missing, vault.keyIds);
    await proveKeys(transaction, vault);
    await registerKey(transaction, vault);
  });
}

/** Takes keys out of use that nothing is encrypted with any more. */
export async function retireKeys(transaction: Queries, keyIds: readonly string[]): Promise<void> {
  const keys = keyIds.map((keyId) => proofPrefix + keyId);
  if (keys.length > 0) await transaction.deleteFrom('meta').where('key', 'in', keys).execute();
}

/** Whoever changes which keys are in use does so alone, until the transaction ends. */
export async function lockKeys(transaction: Queries): Promise<void> {
  await transaction
    .insertInto('meta')
    .values({ key: lockKey, value: '' })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await transaction.selectFrom('meta').select('key').where('key', '=', lockKey).forUpdate().execute();
}

/** Says that the vault may encrypt with its current key from now on. */
export async function registerKey(transaction: Queries, vault: Vault): Promise<void> {
  const record = proofRecord(vault.keyId);
  await transaction
    .insertInto('meta')
    .values({ key: record.id, value: vault.seal(proofText, record) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function proveKeys(transaction: Queries, vault: Vault): Promise<void> {
  const proofs = await transaction
    .selectFrom('meta')
    .selectAll()
    .where('key', 'like', `${proofPrefix}%`)
    .execute();
  for (const { key, value } of proofs) {
    if (vault.open(value, { table: 'meta', id: key, column: 'value' }) === proofText) continue;
    throw new HubError(
      'wrong_encryption_key',
      'An encryption key is not the one that this store began with.',
    );
  }
}

function proofRecord(keyId: string): VaultRecord {
  return { table: 'meta', id: proofPrefix + keyId, column: 'value' };
}
