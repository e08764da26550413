import { describe, expect, it } from '@jest/globals';
import { readSettings, SettingsError } from './settings.js';

describe('the settings', () => {
  it('have a default each, and nothing but public addresses', () => {
    expect(readSettings({ PATH: '/bin', PORT: '' })).toEqual({
      host: '127.0.0.1',
      port: 4400,
      dataDirectory: './data',
      encryptionKey: undefined,
      addresses: { private: false, loopback: false },
      logLevel: 'info',
    });
  });

  it('come from the environment', () => {
    const settings = readSettings({
      HOST: '::1',
      PORT: '0',
      DATA_DIR: '/var/lib/anyforge',
      ENCRYPTION_KEY: 'key',
      ALLOW_ADDRESSES: 'private',
      LOG_LEVEL: 'debug',
    });
    expect(settings).toEqual({
      host: '::1',
      port: 0,
      dataDirectory: '/var/lib/anyforge',
      encryptionKey: 'key',
      addresses: { private: true, loopback: false },
      logLevel: 'debug',
    });
  });

  it.each([
    ['HOST', '0.0.0.0', 'HOST must be one of 127.0.0.1, ::1, localhost'],
    ['HOST', '192.168.0.10', 'for one person on one machine'],
    ['PORT', '70000', 'PORT must be a port number'],
    ['PORT', '80a', 'PORT must be a port number'],
    ['ALLOW_ADDRESSES', 'everything', 'ALLOW_ADDRESSES must be private, loopback, or both'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL must be debug'],
  ])('are refused when %s is %s', (name, value, words) => {
    expect(() => readSettings({ [name]: value })).toThrow(SettingsError);
    expect(() => readSettings({ [name]: value })).toThrow(words);
  });

  it('are refused with all that is wrong at once, without the values', () => {
    const read = () => readSettings({ PORT: 'secret-port', LOG_LEVEL: 'secret-level' });
    expect(read).toThrow(/PORT.*\nLOG_LEVEL/);
    expect(read).not.toThrow(/secret/);
  });
});
