import { rm } from 'node:fs/promises';
import { HubError } from '../errors.js';
import type { Store } from '../store/store.js';
import type { EncryptionKeys } from './encryption-key.js';
import { createKeyFile, keyFileOf, parseEncryptionKey, readKeyFile } from './encryption-key.js';
import { keysInUse, takeKeyIntoUse } from './key-registry.js';
import { Vault } from './vault.js';

/** Where the keys of a vault come from. */
export interface VaultOptions {
  readonly dataDirectory: string;
  /** 32 bytes in base64. Absent: the first key of the data folder's key file, made when there is none. */
  readonly encryptionKey?: string | undefined;
  /** Others that open what they have sealed: earlier ones, or the next. */
  readonly oldEncryptionKeys?: readonly string[] | undefined;
}

const repair = 'Make one with: openssl rand -base64 32';

/**
 * Opens the vault of a store, and makes sure that it knows every key in use before anything is encrypted with them.
 *
 * @param userId Of a process that shares the database and encrypts from now on: see `takeKeyIntoUse`.
 * @throws HubError `wrong_encryption_key` · `missing_encryption_key` · `invalid_encryption_key` · `store_unusable`.
 */
export async function openVault(store: Store, options: VaultOptions, userId?: string): Promise<Vault> {
  const given = givenKeys(options) ?? (await readKeyFile(options.dataDirectory));
  if (given !== undefined) {
    const vault = toVault(given, options);
    await takeKeyIntoUse(store, vault, userId);
    return vault;
  }
  const inUse = await keysInUse(store.database);
  if (inUse.length > 0) throw missingKey(options.dataDirectory, inUse);
  const vault = toVault(await createKeyFile(options.dataDirectory), options);
  try {
    await takeKeyIntoUse(store, vault, userId);
  } catch (error) {
    // Another process, with a folder of its own, came first. Nothing was encrypted with this one.
    if (isRefused(error)) await rm(keyFileOf(options.dataDirectory), { force: true });
    throw error;
  }
  return vault;
}

function isRefused(error: unknown): boolean {
  return error instanceof HubError && error.kind === 'wrong_encryption_key';
}

function givenKeys({ encryptionKey }: VaultOptions): EncryptionKeys | undefined {
  if (encryptionKey === undefined) return undefined;
  return { current: parseEncryptionKey(encryptionKey, 'the settings', repair), others: [] };
}

export function toVault(
  { current, others }: EncryptionKeys,
  { oldEncryptionKeys = [] }: VaultOptions,
): Vault {
  const old = oldEncryptionKeys.map((text) =>
    parseEncryptionKey(text, 'the settings, among the old ones,', repair),
  );
  return new Vault(current, [...others, ...old]);
}

export function missingKey(dataDirectory: string, keyIds: readonly string[]): HubError {
  return new HubError(
    'missing_encryption_key',
    `The stored secrets are encrypted with key ${keyIds.join(', ')}, which is neither given by setting nor found in ${keyFileOf(dataDirectory)}. Put the key back, from where you keep your back-ups.`,
  );
}
