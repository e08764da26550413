import type { Store, Queries } from '../store/store.js';
import { registerUser } from './key-users.js';
import type { Vault } from './vault.js';
import { unknownKeys } from './vault.js';

const keyPrefix = 'encryption_key:';
const lockKey = 'encryption_keys';

/** The ids of the keys with which a store's secrets may be encrypted. */
export async function keysInUse(database: Queries): Promise<readonly string[]> {
  const rows = await database
    .selectFrom('meta')
    .select('key')
    .where('key', 'like', `${keyPrefix}%`)
    .orderBy('key')
    .execute();
  return rows.map(({ key }) => key.slice(keyPrefix.length));
}

/**
 * Takes the vault's current key into use, when the vault knows every key that is. Of processes with different keys that
 * open an empty store at once, one comes first, and the others are refused.
 *
 * @param userId Of the process that encrypts with it from now on, for the next three minutes: in the same step, so that
 * nobody takes the key out of use in between.
 * @throws HubError `wrong_encryption_key`, and nothing is written.
 */
export async function takeKeyIntoUse(store: Store, vault: Vault, userId?: string): Promise<void> {
  const now = await store.now();
  await store.database.transaction().execute(async (transaction) => {
    await lockKeys(transaction);
    await checkAndRegister(transaction, vault);
    if (userId !== undefined) await registerUser(transaction, userId, vault.keyId, now);
  });
}

/**
 * Says for the next three minutes that a process goes on to encrypt with the vault's current key. Where that was taken
 * out of use while the process was asleep, it comes back into use, so that what was sealed since is found: unless the
 * process could not read what is sealed now.
 *
 * @returns The ids of keys in use that the vault does not know.
 * @throws HubError `wrong_encryption_key` when its own was taken out of use for one of those, and nothing is written.
 */
export async function stayInUse(store: Store, vault: Vault, userId: string): Promise<readonly string[]> {
  const now = await store.now();
  return store.database.transaction().execute(async (transaction) => {
    await lockKeys(transaction);
    const inUse = await keysInUse(transaction);
    const unknown = unknownTo(vault, inUse);
    if (unknown.length > 0 && !inUse.includes(vault.keyId)) throw unknownKeys(unknown, vault.keyIds);
    await registerKey(transaction, vault);
    await registerUser(transaction, userId, vault.keyId, now);
    return unknown;
  });
}

/**
 * Within a transaction that has locked the keys.
 *
 * @throws HubError `wrong_encryption_key` when the vault does not know every key in use.
 */
export async function checkAndRegister(transaction: Queries, vault: Vault): Promise<void> {
  const missing = unknownTo(vault, await keysInUse(transaction));
  if (missing.length > 0) throw unknownKeys(missing, vault.keyIds);
  await registerKey(transaction, vault);
}

function unknownTo(vault: Vault, keyIds: readonly string[]): readonly string[] {
  return keyIds.filter((keyId) => !vault.keyIds.includes(keyId));
}

/** Takes keys out of use that nothing is encrypted with any more. */
export async function retireKeys(transaction: Queries, keyIds: readonly string[]): Promise<void> {
  const keys = keyIds.map((keyId) => keyPrefix + keyId);
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
async function registerKey(transaction: Queries, vault: Vault): Promise<void> {
  await transaction
    .insertInto('meta')
    .values({ key: keyPrefix + vault.keyId, value: '' })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
