import { describe, expect, it } from '@jest/globals';
import { addressOf, webHost } from './web-host.js';

describe('an address for people to read', () => {
  it('is its host', () => {
    expect(webHost('https://git.example.com:8443/settings/tokens?name=anyforge')).toBe(
      'git.example.com:8443',
    );
  });

  it('stays as it is when it is no web address', () => {
    expect(webHost('somewhere')).toBe('somewhere');
  });
});

describe('the address of a git provider', () => {
  it('is read from its config', () => {
    expect(addressOf({ config: { baseUrl: 'https://git.example.com' } })).toBe('https://git.example.com');
  });

  it.each([null, 'https://git.example.com', {}, { baseUrl: 7 }])(
    'is not known with the config %j',
    (config) => {
      expect(addressOf({ config })).toBeUndefined();
    },
  );
});
