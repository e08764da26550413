import { createSecretKey, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { VaultRecord } from './sealed-columns.js';
import { sealedPrefix, Vault } from './vault.js';

const record: VaultRecord = { table: 'connections', id: '1', column: 'credential' };
const secret = 'canary-secret-é🦀';

describe('the vault', () => {
  const key = randomBytes(32);
  const vault = new Vault(createSecretKey(key));

  it('opens what it sealed', () => {
    const sealed = vault.seal(secret, record);
    expect(vault.open(sealed, record)).toBe(secret);
    expect(sealed).not.toContain('canary');
  });

  it('never seals the same way twice', () => {
    expect(vault.seal(secret, record)).not.toBe(vault.seal(secret, record));
  });

  it.each<VaultRecord>([
    { table: 'sign_ins', id: '1', column: 'credential' },
    { table: 'connections', id: '2', column: 'credential' },
    { table: 'sign_ins', id: '1', column: 'transaction_sealed' },
  ])('opens nothing that was moved to another place: %j', (elsewhere) => {
    const sealed = vault.seal(secret, record);
    expect(() => vault.open(sealed, elsewhere)).toThrow(/changed or moved/);
  });

  it('opens what any of its keys has sealed, and seals with the current one', () => {
    const current = createSecretKey(randomBytes(32));
    const both = new Vault(current, [createSecretKey(key)]);
    expect(both.open(vault.seal(secret, record), record)).toBe(secret);
    const sealed = both.seal(secret, record);
    expect(sealed.startsWith(sealedPrefix(new Vault(current).keyId))).toBe(true);
    expect(() => vault.open(sealed, record)).toThrow(
      expect.objectContaining({ kind: 'wrong_encryption_key' }),
    );
  });

  it('opens nothing that was changed in any part', () => {
    const parts = vault.seal(secret, record).split('.');
    for (const [index, part] of parts.entries()) {
      const changed = parts
        .with(index, part.startsWith('A') ? `B${part.slice(1)}` : `A${part.slice(1)}`)
        .join('.');
      expect(() => vault.open(changed, record)).toThrow(
        expect.objectContaining({ kind: 'wrong_encryption_key' }),
      );
    }
    for (const broken of ['', 'v1', 'v1...', parts.slice(0, 3).join('.')]) {
      expect(() => vault.open(broken, record)).toThrow(
        expect.objectContaining({ kind: 'wrong_encryption_key' }),
      );
    }
  });

  it('opens what it sealed as it was written, and in no other way', () => {
    // One byte, so that the last character of the body says more than its bits need.
    const sealed = vault.seal('x', record);
    const [format, keyId, nonce = '', body = ''] = sealed.split('.');
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(body.slice(-1));
    const lenient = `${body.slice(0, -1)}${alphabet[last + 1] ?? ''}`;
    expect(Buffer.from(lenient, 'base64url')).toEqual(Buffer.from(body, 'base64url'));
    for (const other of [
      `${sealed}.`,
      `${sealed}.1`,
      `${sealed}=`,
      `${sealed} `,
      [format, keyId, `${nonce}=`, body].join('.'),
      [format, keyId, nonce, lenient].join('.'),
    ]) {
      expect(() => vault.open(other, record)).toThrow(/changed or moved/);
    }
    expect(vault.open(sealed, record)).toBe('x');
  });

  it('names both keys, and neither key itself, when another key sealed it', () => {
    const other = new Vault(createSecretKey(randomBytes(32)));
    const sealed = other.seal(secret, record);
    expect(() => vault.open(sealed, record)).toThrow(new RegExp(`${other.keyId}.*${vault.keyId}`));
  });

  it('shows its key to nobody', () => {
    const shown = [
      inspect(vault, { depth: 10, showHidden: true }),
      JSON.stringify(vault),
      vault.keyId,
    ].join();
    for (const form of ['hex', 'base64', 'base64url'] as const)
      expect(shown).not.toContain(key.toString(form));
  });
});
