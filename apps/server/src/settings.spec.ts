import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings, SettingsError } from './settings.js';

const key = 'A'.repeat(43) + '=';
const otherKey = 'B'.repeat(43);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anyforge-settings-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('the settings', () => {
  it('have a default each, and nothing but public addresses', () => {
    expect(readSettings({ PATH: '/bin', PORT: '', NO_PROXY: 'localhost' })).toEqual({
      host: '127.0.0.1',
      port: 4400,
      publicUrl: undefined,
      loopbackOnly: true,
      trustProxy: 0,
      dataDirectory: './data',
      databaseUrl: undefined,
      encryptionKey: undefined,
      oldEncryptionKeys: [],
      administrator: undefined,
      sessions: { idleMs: 7 * 86_400_000, lifetimeMs: 30 * 86_400_000 },
      publicGitProviders: true,
      addresses: { private: false, loopback: false },
      ca: undefined,
      proxy: undefined,
      auditRetentionDays: 365,
      repositoryRetentionDays: 90,
      syncConcurrency: 8,
      metrics: undefined,
      logLevel: 'info',
    });
  });

  it('come from the environment', () => {
    const settings = readSettings({
      HOST: '0.0.0.0',
      PORT: '0',
      PUBLIC_URL: 'https://Forge.example.com/any/',
      TRUST_PROXY: '10.0.0.0/8, loopback',
      DATA_DIR: '/var/lib/anyforge',
      DATABASE_URL: 'postgres://any:secret@db/anyforge',
      ENCRYPTION_KEY: key,
      ENCRYPTION_KEYS_OLD: `${otherKey}, ${key}`,
      ADMIN_USERNAME: 'ada',
      ADMIN_PASSWORD: 'correct horse battery staple',
      SESSION_IDLE_LIFETIME: '90m',
      SESSION_LIFETIME: '12h',
      PUBLIC_GIT_PROVIDERS: 'no',
      ALLOW_ADDRESSES: 'private',
      PROXY_URL: 'http://proxy:3128',
      NO_PROXY: 'localhost,.corp.example',
      AUDIT_RETENTION_DAYS: '30',
      REPOSITORY_RETENTION_DAYS: '0',
      SYNC_CONCURRENCY: '0',
      METRICS_PORT: '9464',
      METRICS_HOST: '10.0.0.1',
      LOG_LEVEL: 'debug',
    });
    expect(settings).toEqual({
      host: '0.0.0.0',
      port: 0,
      publicUrl: 'https://forge.example.com/any',
      loopbackOnly: false,
      trustProxy: ['10.0.0.0/8', 'loopback'],
      dataDirectory: '/var/lib/anyforge',
      databaseUrl: 'postgres://any:secret@db/anyforge',
      encryptionKey: key,
      oldEncryptionKeys: [otherKey, key],
      administrator: { username: 'ada', password: 'correct horse battery staple' },
      sessions: { idleMs: 90 * 60_000, lifetimeMs: 12 * 3_600_000 },
      publicGitProviders: false,
      addresses: { private: true, loopback: false },
      ca: undefined,
      proxy: { url: 'http://proxy:3128', noProxy: ['localhost', '.corp.example'] },
      auditRetentionDays: 30,
      repositoryRetentionDays: 0,
      syncConcurrency: 0,
      metrics: { host: '10.0.0.1', port: 9464 },
      logLevel: 'debug',
    });
  });

  it('come from a file of settings, where the environment does not say otherwise', async () => {
    const config = await file(
      'settings.json',
      JSON.stringify({ PORT: 4500, LOG_LEVEL: 'warn', ENCRYPTION_KEY: key }),
    );
    const keyFile = await file('key', `${otherKey}\n`);
    expect(
      readSettings({ ANYFORGE_CONFIG: config, LOG_LEVEL: 'error', ENCRYPTION_KEY_FILE: keyFile }),
    ).toMatchObject({ port: 4500, logLevel: 'error', encryptionKey: otherKey });
  });

  it.each([
    ['is not there', undefined, 'ANYFORGE_CONFIG must name a file of JSON'],
    ['is not JSON', '{', 'ANYFORGE_CONFIG must name a file of JSON'],
    ['is a list', '[]', 'with one JSON object'],
    ['has a setting that is no text', '{ "PORT": [4400] }', 'texts or numbers'],
    ['has a setting that there is not', '{ "PROT": "4400" }', '"PROT" in the file of ANYFORGE_CONFIG'],
    ['names itself', '{ "ANYFORGE_CONFIG": "x" }', '"ANYFORGE_CONFIG" in the file'],
    ['has a wrong setting', '{ "PORT": "secret-port" }', 'PORT must be a port number'],
  ])('are refused when their file %s', async (_, content, words) => {
    const config = join(folder, 'wrong.json');
    if (content !== undefined) await writeFile(config, content);
    const read = () => readSettings({ ANYFORGE_CONFIG: config });
    expect(read).toThrow(SettingsError);
    expect(read).toThrow(words);
    expect(read).not.toThrow('secret');
  });

  it.each([
    ['0.0.0.0', undefined, undefined],
    ['127.0.0.1', undefined, true],
    ['::1', undefined, true],
    ['127.0.0.2', undefined, undefined],
    ['localhost', 'http://127.0.0.1:4400', true],
    ['0.0.0.0', 'http://localhost:4400', false],
    // A proxy on this machine lets everybody in.
    ['127.0.0.1', 'https://forge.example.com', false],
    ['127.0.0.1', 'http://localhost:4400', false, '1'],
    ['127.0.0.1', 'http://localhost:4400', false, 'loopback'],
    ['127.0.0.1', undefined, undefined, '1'],
    ['127.0.0.1', undefined, undefined, 'loopback'],
    ['127.0.0.1', undefined, true, '0'],
  ])('say of HOST %s and PUBLIC_URL %s whether nobody else can reach the server', (...row) => {
    const [host, url, expected, proxy] = row;
    const read = () => readSettings({ HOST: host, PUBLIC_URL: url, TRUST_PROXY: proxy });
    if (expected === undefined) expect(read).toThrow('PUBLIC_URL is needed');
    else expect(read().loopbackOnly).toBe(expected);
  });

  it.each([
    ['HOST', 'two words', 'HOST must be an IP address'],
    ['PORT', '70000', 'PORT must be a port number'],
    ['PORT', '80a', 'PORT must be a port number'],
    ['PUBLIC_URL', 'forge.example.com', 'PUBLIC_URL must be the address'],
    ['PUBLIC_URL', 'http://forge.example.com', 'PUBLIC_URL must begin with https://'],
    ['PUBLIC_URL', 'http://localhost.example.com', 'PUBLIC_URL must begin with https://'],
    ['PUBLIC_URL', 'https://forge.example.com/?a=b', 'PUBLIC_URL must be a bare address'],
    ['PUBLIC_URL', 'https://forge.example.com/a b', 'PUBLIC_URL may have a path of letters'],
    ['TRUST_PROXY', 'yes', 'TRUST_PROXY must be how many'],
    ['TRUST_PROXY', '10.0.0.0/40', 'TRUST_PROXY must be how many'],
    ['TRUST_PROXY', '0.0.0.0/0', 'TRUST_PROXY must be how many'],
    ['TRUST_PROXY', 'loopback, ::/0', 'TRUST_PROXY must be how many'],
    ['PUBLIC_URL', 'http://127.0.0.2', 'PUBLIC_URL must begin with https://'],
    ['DATABASE_URL', 'mysql://db/any', 'DATABASE_URL must be the address of a PostgreSQL'],
    ['ENCRYPTION_KEY', 'short', 'ENCRYPTION_KEY must be 32 bytes in base64'],
    ['ENCRYPTION_KEYS_OLD', `${key},short`, 'ENCRYPTION_KEYS_OLD must be 32 bytes in base64'],
    ['ENCRYPTION_KEY_FILE', '/nowhere', 'ENCRYPTION_KEY_FILE must name a file that can be read'],
    ['CA_FILE', '/nowhere', 'CA_FILE must name a file that can be read'],
    ['SESSION_LIFETIME', '7', 'SESSION_LIFETIME must be a number with m, h or d'],
    ['ALLOW_ADDRESSES', 'everything', 'ALLOW_ADDRESSES must be private, loopback, or both'],
    ['PROXY_URL', 'socks://proxy', 'PROXY_URL must begin with http://'],
    ['AUDIT_RETENTION_DAYS', '0', 'AUDIT_RETENTION_DAYS must be a number of days'],
    ['REPOSITORY_RETENTION_DAYS', 'for ever', 'REPOSITORY_RETENTION_DAYS must be a number of days'],
    ['REPOSITORY_RETENTION_DAYS', '40000', 'REPOSITORY_RETENTION_DAYS must be at most 36500 days'],
    ['SYNC_CONCURRENCY', '101', 'SYNC_CONCURRENCY must be a number from 0 to 100'],
    ['SYNC_CONCURRENCY', '0', 'DATABASE_URL is needed when SYNC_CONCURRENCY is 0'],
    ['METRICS_PORT', '65536', 'METRICS_PORT must be a port number'],
    ['METRICS_HOST', 'http://x', 'METRICS_HOST must be an IP address or the name of this machine'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL must be debug'],
    ['ADMIN_USERNAME', 'ada', 'ADMIN_USERNAME and ADMIN_PASSWORD are needed together'],
    ['OIDC_ISSUER', 'https://login.example.com', 'OIDC_ISSUER and OIDC_CLIENT_ID are needed together'],
    ['OIDC_ISSUER', 'http://login.example.com', 'OIDC_ISSUER must be the address of an OpenID Connect'],
    ['OIDC_ISSUER', 'http://127.0.0.2', 'OIDC_ISSUER must be the address of an OpenID Connect'],
    ['OIDC_SCOPES', 'profile email', 'OIDC_SCOPES must be scopes with spaces between, openid among them'],
    ['OIDC_CREATE_PEOPLE', 'maybe', 'OIDC_CREATE_PEOPLE must be yes or no'],
    ['OIDC_CLIENT_SECRET', 'secret', 'OIDC_ISSUER is needed with OIDC_CLIENT_SECRET'],
    ['OIDC_DISPLAY_NAME', 'Example', 'OIDC_ISSUER is needed with OIDC_DISPLAY_NAME'],
    ['OIDC_SCOPES', 'openid', 'OIDC_ISSUER is needed with OIDC_SCOPES'],
    ['OIDC_CREATE_PEOPLE', 'no', 'OIDC_ISSUER is needed with OIDC_CREATE_PEOPLE'],
  ])('are refused when %s is %s', (name, value, words) => {
    expect(() => readSettings({ [name]: value })).toThrow(SettingsError);
    expect(() => readSettings({ [name]: value })).toThrow(words);
  });

  it('are refused with all that is wrong at once, without the values', async () => {
    const read = () =>
      readSettings({
        PORT: 'secret-port',
        LOG_LEVEL: 'secret-level',
        DATABASE_URL: 'secret-database',
        PROXY_URL: 'socks://secret@proxy',
        ENCRYPTION_KEY: 'secret-key',
      });
    expect(read).toThrow(/PORT.*\nDATABASE_URL.*\nENCRYPTION_KEY.*\nPROXY_URL.*\nLOG_LEVEL/);
    expect(read).not.toThrow(/secret/);
  });

  it('take a secret from a value or from a file, not from both', async () => {
    const path = await file('password', 'correct horse battery staple\n');
    expect(readSettings({ ADMIN_USERNAME: 'ada', ADMIN_PASSWORD_FILE: path }).administrator).toEqual({
      username: 'ada',
      password: 'correct horse battery staple',
    });
    expect(() =>
      readSettings({ ADMIN_USERNAME: 'ada', ADMIN_PASSWORD_FILE: path, ADMIN_PASSWORD: 'x' }),
    ).toThrow('ADMIN_PASSWORD and ADMIN_PASSWORD_FILE are both given. Give one of them.');
    expect(() => readSettings({ DATABASE_URL_FILE: path })).toThrow('DATABASE_URL must be');
    const empty = await file('empty', '\n');
    expect(() => readSettings({ DATABASE_URL_FILE: empty })).toThrow('DATABASE_URL_FILE names an empty file');
  });

  it('refuse authorities that cannot be read', async () => {
    const path = await file('ca.pem', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
    expect(() => readSettings({ CA_FILE: path })).toThrow('CA_FILE must name a file of certificates');
  });
});
