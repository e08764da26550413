import type { KeyObject } from 'node:crypto';
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { HubError } from '../errors.js';

/** Where a sealed value stands. A value copied to another place can't be opened there. */
export interface VaultRecord {
  readonly table: string;
  readonly id: string;
  readonly column: string;
}

const version = 'v1';
const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** Seals secrets with AES-256-GCM. What is sealed names its key, so that several can be in use. */
export class Vault {
  readonly #key: KeyObject;
  readonly keyId: string;

  constructor(key: KeyObject) {
    this.#key = key;
    this.keyId = createHash('sha256')
      .update('anyforge.vault.')
      .update(key.export())
      .digest('hex')
      .slice(0, 16);
  }

  /** `v1.<key id>.<nonce>.<ciphertext and tag>`, in base64url. */
  seal(plaintext: string, record: VaultRecord): string {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, this.#key, nonce);
    cipher.setAAD(associatedData(this.keyId, record));
    const sealed = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return [version, this.keyId, nonce.toString('base64url'), sealed.toString('base64url')].join('.');
  }

  /** @throws HubError `wrong_encryption_key` when another key sealed it, or it was changed or moved. */
  open(sealed: string, record: VaultRecord): string {
    const [format, keyId, nonce, body] = sealed.split('.');
    if (format !== version || nonce === undefined || body === undefined) throw unreadable(record);
    if (keyId !== this.keyId) throw wrongKey(keyId ?? '', this.keyId);
    const bytes = Buffer.from(body, 'base64url');
    try {
      const decipher = createDecipheriv(algorithm, this.#key, Buffer.from(nonce, 'base64url'), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(associatedData(this.keyId, record));
      decipher.setAuthTag(bytes.subarray(-tagBytes));
      return decipher.update(bytes.subarray(0, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      throw unreadable(record);
    }
  }
}

function associatedData(keyId: string, { table, id, column }: VaultRecord): Buffer {
  return Buffer.from(JSON.stringify([version, keyId, table, id, column]));
}

function wrongKey(sealedWith: string, given: string): HubError {
  return new HubError(
    'wrong_encryption_key',
    `The stored secrets were encrypted with key ${sealedWith}, and the key given is ${given}. Start with the key that was used before.`,
  );
}

function unreadable({ table, column }: VaultRecord): HubError {
  return new HubError(
    'wrong_encryption_key',
    `A secret in ${table}.${column} can't be decrypted: it was changed or moved outside anyforge. Restore a back-up, or set the secret again.`,
  );
}
