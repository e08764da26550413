import { createSecretKey, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Vault } from './vault.js';

const record = { table: 'connections', id: '1', column: 'credential' };
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

  it.each([{ table: 'git_providers' }, { id: '2' }, { column: 'secrets' }])(
    'opens nothing that was moved to another place: %j',
    (elsewhere) => {
      const sealed = vault.seal(secret, record);
      expect(() => vault.open(sealed, { ...record, ...elsewhere })).toThrow(/changed or moved/);
    },
  );

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
