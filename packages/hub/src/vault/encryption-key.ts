import type { KeyObject } from 'node:crypto';
import { createSecretKey, randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HubError } from '../errors.js';
import { makeOwnerOnly } from '../owner-only.js';
import { systemErrorCode } from '../system-error.js';

const keyBytes = 32;

/**
 * Reads a key of 32 bytes in base64, standard or URL-safe.
 *
 * @param origin Where it comes from, for the message: never the key itself.
 * @param repair What to do when it is none.
 * @throws HubError `invalid_encryption_key`.
 */
export function parseEncryptionKey(text: string, origin: string, repair: string): KeyObject {
  const trimmed = text.trim();
  const bytes = Buffer.from(trimmed, 'base64');
  if (bytes.length !== keyBytes || !/^[\w+/-]+=*$/.test(trimmed)) {
    throw new HubError(
      'invalid_encryption_key',
      `The encryption key in ${origin} is not 32 bytes in base64. ${repair}`,
    );
  }
  return createSecretKey(bytes);
}

/**
 * Reads the key of a data folder, and makes it when there is none. The caller holds the folder's lock.
 *
 * @param mayCreate False when secrets are stored already: a new key could open none of them.
 * @throws HubError `missing_encryption_key` · `invalid_encryption_key` · `store_unusable`.
 */
export async function loadEncryptionKey(dataDirectory: string, mayCreate: boolean): Promise<KeyObject> {
  const file = join(dataDirectory, 'encryption.key');
  const existing = await readKeyFile(file);
  if (existing !== undefined) {
    const repair = mayCreate
      ? 'Remove the file, and a new one is made.'
      : 'Put the undamaged file back, from where you keep your back-ups: no other key opens what is stored.';
    return parseEncryptionKey(existing, file, repair);
  }
  if (!mayCreate) {
    throw new HubError(
      'missing_encryption_key',
      `The stored secrets are encrypted, and their key is neither given by setting nor found in ${file}. Put the key back, from where you keep your back-ups.`,
    );
  }
  return createKeyFile(dataDirectory, file).catch((error: unknown) => {
    throw new HubError(
      'store_unusable',
      `The encryption key can't be written to ${file} (${systemErrorCode(error) ?? 'unknown reason'}). Give a data folder that this user may write, or the key by setting.`,
    );
  });
}

/** Undefined when there is none. */
async function readKeyFile(file: string): Promise<string | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    await makeOwnerOnly(file);
    return text;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT') return undefined;
    throw new HubError(
      'invalid_encryption_key',
      `The encryption key ${file} can't be read, or not be kept from others (${code ?? 'unknown reason'}). Make it a file that belongs to the user who runs anyforge, with permissions 600, or give the key by setting.`,
    );
  }
}

/** The file appears whole or not at all, and is on the disk before anything is encrypted with it. */
async function createKeyFile(dataDirectory: string, file: string): Promise<KeyObject> {
  const bytes = randomBytes(keyBytes);
  const draft = `${file}.new`;
  await rm(draft, { force: true });
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${bytes.toString('base64')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
  await syncDirectory(dataDirectory);
  return createSecretKey(bytes);
}

/** Where a folder can't be opened, as on Windows, the system keeps the order by itself. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r').catch(() => undefined);
  try {
    await handle?.sync();
  } finally {
    await handle?.close();
  }
}
