import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeForge } from '../testing/fake-forge.js';
import { TestHubs } from '../testing/test-hub.js';

describe('the encryption key of a data folder', () => {
  const forge = new FakeForge();
  let hubs: TestHubs;
  let dataDirectory: string;
  let file: string;

  beforeEach(async () => {
    hubs = new TestHubs();
    dataDirectory = await hubs.folder();
    file = join(dataDirectory, 'encryption.key');
  });

  afterEach(() => hubs.cleanUp());

  async function openAndClose(encryptionKey?: string): Promise<void> {
    await (await hubs.open(forge, { dataDirectory, encryptionKey })).close();
  }

  const newKey = () => randomBytes(32).toString('base64');

  it('is made at the first start, for the owner only, and used from then on', async () => {
    await openAndClose();
    const made = await readFile(file, 'utf8');
    expect(Buffer.from(made, 'base64')).toHaveLength(32);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await openAndClose();
    expect(await readFile(file, 'utf8')).toBe(made);
  });

  it('is kept from others when they were let in', async () => {
    await openAndClose();
    await chmod(file, 0o644);
    await openAndClose();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('is refused in words when it is no file', async () => {
    await mkdir(file);
    await expect(openAndClose()).rejects.toMatchObject({
      kind: 'invalid_encryption_key',
      message: expect.stringMatching(/can't be read.*EISDIR/),
    });
  });

  it('is told in words when it cannot be written', async () => {
    await symlink(join(dataDirectory, 'nowhere'), file);
    await expect(openAndClose()).rejects.toMatchObject({
      kind: 'store_unusable',
      message: expect.stringContaining(file),
    });
  });

  it('is not made when one is given', async () => {
    await openAndClose(newKey());
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('may move from the folder to the settings', async () => {
    await openAndClose();
    const made = await readFile(file, 'utf8');
    await rm(file);
    await openAndClose(made);
  });

  it('is refused when it is not the one that the store began with', async () => {
    await openAndClose(newKey());
    await expect(openAndClose(newKey())).rejects.toMatchObject({ kind: 'wrong_encryption_key' });
    // Refused, and not locked by the refusal.
    await expect(openAndClose(newKey())).rejects.toMatchObject({ kind: 'wrong_encryption_key' });
  });

  it('is never made anew when it is lost', async () => {
    await openAndClose();
    await rm(file);
    await expect(openAndClose()).rejects.toMatchObject({ kind: 'missing_encryption_key' });
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.each(['', 'short', randomBytes(31).toString('base64'), `${'!'.repeat(43)}=`])(
    'is refused in words when it is no key: %j',
    async (text) => {
      await expect(openAndClose(text)).rejects.toMatchObject({
        kind: 'invalid_encryption_key',
        message: expect.stringContaining('openssl rand -base64 32'),
      });
    },
  );

  it('is refused in words, without its text, when its file is damaged', async () => {
    await openAndClose();
    await writeFile(file, 'canary-half-a-key');
    const error: unknown = await openAndClose().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'invalid_encryption_key', message: expect.stringContaining(file) });
    expect(String(error)).not.toContain('canary');
    expect(String(error)).toContain('back-ups');
    expect(String(error)).not.toContain('openssl');
  });
});
