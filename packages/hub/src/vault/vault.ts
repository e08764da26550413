import type { KeyObject } from 'node:crypto';
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { HubError } from '../errors.js';
import type { VaultRecord } from './sealed-columns.js';

const version = 'v1';
const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** What every value sealed with a key begins with; without a key, what every sealed value does. */
export function sealedPrefix(keyId?: string): string {
  return keyId === undefined ? `${version}.` : `${version}.${keyId}.`;
}

/**
 * Seals secrets with AES-256-GCM under the current key, and opens what any key that it knows has sealed: each value
 * names its key in front.
 */
export class Vault {
  readonly #keys: ReadonlyMap<string, KeyObject>;
  readonly #current: KeyObject;
  /** The current key's. */
  readonly keyId: string;

  /** @param others Keys that open what they have sealed: earlier ones, or the next. */
  constructor(current: KeyObject, others: readonly KeyObject[] = []) {
    this.#current = current;
    this.keyId = keyIdOf(current);
    this.#keys = new Map([...others, current].map((key) => [keyIdOf(key), key]));
  }

  get keyIds(): readonly string[] {
    return [...this.#keys.keys()];
  }

  /** `v1.<key id>.<nonce>.<ciphertext and tag>`, in base64url. */
  seal(plaintext: string | Uint8Array, record: VaultRecord): string {
    const bytes = typeof plaintext === 'string' ? Buffer.from(plaintext) : plaintext;
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, this.#current, nonce);
    cipher.setAAD(associatedData(this.keyId, record));
    const sealed = Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    return [version, this.keyId, nonce.toString('base64url'), sealed.toString('base64url')].join('.');
  }

  /** @throws HubError `wrong_encryption_key` when a key sealed it that is not known, or it was changed or moved. */
  open(sealed: string, record: VaultRecord): string {
    return this.openBytes(sealed, record).toString();
  }

  /** The same for what was sealed as bytes. @throws HubError `wrong_encryption_key`. */
  openBytes(sealed: string, record: VaultRecord): Buffer {
    const [format, keyId, ...encoded] = sealed.split('.');
    const [nonce, bytes, ...more] = encoded.map(fromBase64url);
    if (
      format !== version ||
      keyId === undefined ||
      nonce === undefined ||
      bytes === undefined ||
      more.length > 0
    ) {
      throw unreadable(record);
    }
    const key = this.#keys.get(keyId);
    if (key === undefined) throw unknownKeys([keyId], this.keyIds);
    try {
      const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
      decipher.setAAD(associatedData(keyId, record));
      decipher.setAuthTag(bytes.subarray(-tagBytes));
      return Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()]);
    } catch {
      throw unreadable(record);
    }
  }
}

/** @returns HubError `wrong_encryption_key` that names the keys by their ids, never themselves */
export function unknownKeys(missing: readonly string[], known: readonly string[]): HubError {
  return new HubError(
    'wrong_encryption_key',
    `Stored secrets are encrypted with ${inWords(missing)}, and this server was given ${inWords(known)}. Give it the missing key as well: as the current one, or among the old ones.`,
  );
}

/** Tells a key from another in messages and in front of what it sealed; the key cannot be told from it. */
function keyIdOf(key: KeyObject): string {
  return createHash('sha256').update('anyforge.vault.').update(key.export()).digest('hex').slice(0, 16);
}

/** Undefined for any other than the one text that stands for these bytes: nothing sealed can be written in two ways. */
function fromBase64url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}

function associatedData(keyId: string, { table, id, column }: VaultRecord): Buffer {
  return Buffer.from(JSON.stringify([version, keyId, table, id, column]));
}

function inWords(keyIds: readonly string[]): string {
  return `${keyIds.length === 1 ? 'key' : 'keys'} ${keyIds.join(', ')}`;
}

function unreadable({ table, id, column }: VaultRecord): HubError {
  return new HubError(
    'wrong_encryption_key',
    `The secret in ${table}.${column} of ${id} can't be decrypted: it was changed or moved outside anyforge. Restore a back-up, or set the secret again.`,
  );
}
