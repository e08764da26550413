import type { KeyObject } from 'node:crypto';
import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HubError } from '../errors.js';
import { makeOwnerOnly } from '../owner-only.js';
import { systemErrorCode } from '../system-error.js';

const keyBytes = 32;

/** The current key, and those besides it that open what they have sealed. */
export interface EncryptionKeys {
  readonly current: KeyObject;
  readonly others: readonly KeyObject[];
}

/** The file that keeps the keys when they are not given by setting: one on each line, the current one first. */
export function keyFileOf(dataDirectory: string): string {
  return join(dataDirectory, 'encryption.key');
}

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
 * Reads the key file. Undefined when there is none.
 *
 * @throws HubError `invalid_encryption_key`.
 */
export async function readKeyFile(dataDirectory: string): Promise<EncryptionKeys | undefined> {
  const file = keyFileOf(dataDirectory);
  const text = await readOwnFile(file);
  if (text === undefined) return undefined;
  const repair =
    'Put the undamaged file back, from where you keep your back-ups: no other key opens what is stored. If nothing is, remove the file, and a new one is made.';
  const [current, ...others] = text
    .trim()
    .split(/\s*\n\s*/)
    .map((line) => parseEncryptionKey(line, file, repair));
  return current && { current, others };
}

/**
 * Makes the key file of a folder that has none. Of several processes that do so at once, one makes it, and all get it.
 *
 * @throws HubError `store_unusable` · `invalid_encryption_key`.
 */
export async function createKeyFile(dataDirectory: string): Promise<EncryptionKeys> {
  const file = keyFileOf(dataDirectory);
  await orUnwritable(file, () => writeWhole(file, [newKey()], (draft) => placeFirst(draft, file)));
  const keys = await readKeyFile(dataDirectory);
  if (keys === undefined) throw unwritable(file, 'something is in its place');
  return keys;
}

/**
 * Puts other keys into the key file.
 *
 * @throws HubError `store_unusable`.
 */
export async function replaceKeyFile(
  dataDirectory: string,
  { current, others }: EncryptionKeys,
): Promise<void> {
  const file = keyFileOf(dataDirectory);
  await orUnwritable(file, () => writeWhole(file, [current, ...others], (draft) => rename(draft, file)));
}

export function newKey(): KeyObject {
  return createSecretKey(randomBytes(keyBytes));
}

/** Undefined when there is none. */
async function readOwnFile(file: string): Promise<string | undefined> {
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

/** The file appears whole or not at all, and is on the disk before anything is encrypted with its keys. */
async function writeWhole(
  file: string,
  keys: readonly KeyObject[],
  place: (draft: string) => Promise<void>,
): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(keys.map((key) => `${key.export().toString('base64')}\n`).join(''));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await place(draft);
  } finally {
    await rm(draft, { force: true });
  }
  await syncDirectory(dirname(file));
}

/** Leaves a file alone that is there already. */
async function placeFirst(draft: string, file: string): Promise<void> {
  const isThere = (error: unknown): boolean => systemErrorCode(error) === 'EEXIST';
  try {
    await link(draft, file);
  } catch (error) {
    if (isThere(error)) return;
    // A file system without hard links.
    await copyFile(draft, file, constants.COPYFILE_EXCL).catch((later: unknown) => {
      if (!isThere(later)) throw later;
    });
  }
}

async function orUnwritable(file: string, write: () => Promise<void>): Promise<void> {
  await write().catch((error: unknown) => {
    throw unwritable(file, systemErrorCode(error) ?? 'unknown reason');
  });
}

function unwritable(file: string, reason: string): HubError {
  return new HubError(
    'store_unusable',
    `The encryption key can't be written to ${file} (${reason}). Give a data folder that this user may write, or the key by setting.`,
  );
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
