import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PeerCertificate } from 'node:tls';
import { describe, expect, it } from '@jest/globals';
import { readDatabaseUrl } from './database-url.js';

describe('the address of a PostgreSQL', () => {
  const address = 'postgresql://ada:pa%40ss@db.test:6543/forge';

  it('is used as it is, and shown without user, password and parameters', async () => {
    expect(await readDatabaseUrl(`${address}?application_name=a&password=secret`)).toEqual({
      connectionString: `${address}?application_name=a&password=secret`,
      ssl: false,
      shown: 'postgresql://db.test:6543/forge',
    });
  });

  it('may lead to a socket', async () => {
    expect(await readDatabaseUrl('postgres://ada@/forge?host=/run/postgresql')).toMatchObject({
      connectionString: 'postgres://ada@/forge?host=%2Frun%2Fpostgresql',
      shown: 'postgres:///forge',
    });
  });

  it.each([
    ['disable', false],
    ['no-verify', { rejectUnauthorized: false }],
    ['require', { rejectUnauthorized: true, checkServerIdentity: expect.any(Function) }],
    ['verify-full', { rejectUnauthorized: true, checkServerIdentity: expect.any(Function) }],
    ['verify-ca', { rejectUnauthorized: true, checkServerIdentity: expect.any(Function) }],
  ])('asks for TLS by sslmode=%s', async (mode, ssl) => {
    const read = await readDatabaseUrl(`${address}?sslmode=${mode}`);
    expect(read).toEqual({ connectionString: address, ssl, shown: 'postgresql://db.test:6543/forge' });
  });

  it('holds a certificate to its name, unless only its authority is asked for', async () => {
    const identityOf = async (mode: string) => {
      const { ssl } = await readDatabaseUrl(`${address}?sslmode=${mode}`);
      const certificate: PeerCertificate = JSON.parse('{"subject":{"CN":"other.test"}}');
      return ssl === false ? undefined : ssl.checkServerIdentity?.('db.test', certificate);
    };
    expect(String(await identityOf('verify-full'))).toMatch(/altnames/);
    expect(String(await identityOf('require'))).toMatch(/altnames/);
    expect(await identityOf('verify-ca')).toBeUndefined();
  });

  it('may name files for TLS', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    try {
      const file = join(folder, 'authority.pem');
      await writeFile(file, 'a certificate');
      const read = await readDatabaseUrl(
        `${address}?sslmode=verify-full&sslrootcert=${encodeURIComponent(file)}`,
      );
      expect(read).toMatchObject({ connectionString: address, ssl: { ca: 'a certificate' } });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it.each([
    ['mysql://ada:s3cret@db.test/forge', 'Write it as postgresql://'],
    ['ada:s3cret', 'Write it as postgresql://'],
    [
      `${address}?sslmode=prefer&password=s3cret`,
      'Use one of disable, no-verify, verify-ca, require, verify-full',
    ],
    [
      `${address}?sslmode=require&sslrootcert=/none/ca.pem&password=s3cret`,
      "/none/ca.pem, which the address of the database names for TLS, can't be read",
    ],
  ])('is refused as %s, in words that hold nothing of it', async (url, words) => {
    const refusal = await readDatabaseUrl(url).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ kind: 'store_unusable', message: expect.stringContaining(words) });
    expect(String(refusal)).not.toContain('s3cret');
  });
});
