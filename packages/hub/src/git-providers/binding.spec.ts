import { describe, expect, it } from '@jest/globals';
import { bindingChange, bindingOf } from './binding.js';

const config = { baseUrl: 'https://forge.test', oauth: { clientId: 'client' } };

describe('what a credential is bound to', () => {
  it.each<[string, unknown]>([
    ['an ending slash', { ...config, baseUrl: 'https://forge.test/' }],
    ['capitals in the host', { ...config, baseUrl: 'HTTPS://Forge.TEST' }],
    ["the scheme's own port", { ...config, baseUrl: 'https://forge.test:443' }],
    ['the order of the keys', { oauth: { clientId: 'client' }, baseUrl: 'https://forge.test' }],
    ['what is no address', { ...config, label: 'Ours', pages: 7, flags: [true, null] }],
    ['the secret', { ...config, oauth: { clientId: 'client', clientSecret: 'canary' } }],
  ])('is the same whatever %s', (_, other) => {
    expect(bindingOf(other, 'oauth')).toBe(bindingOf(config, 'oauth'));
    expect(bindingOf(other, 'token')).toBe(bindingOf(config, 'token'));
  });

  it.each<[string, unknown]>([
    ['another host', { ...config, baseUrl: 'https://evil.test' }],
    ['another port', { ...config, baseUrl: 'https://forge.test:8443' }],
    ['no encryption', { ...config, baseUrl: 'http://forge.test' }],
    ['another path, where something else may run', { ...config, baseUrl: 'https://forge.test/gitea' }],
    ['an API elsewhere', { ...config, apiUrl: 'https://evil.test/api' }],
    ['an address deep inside', { ...config, mirrors: [{ url: 'https://evil.test' }] }],
    ["the same addresses in each other's place", { ...config, baseUrl: undefined, apiUrl: config.baseUrl }],
    ['no address at all', { oauth: { clientId: 'client' } }],
    ['no config', null],
  ])('is something else with %s', (_, other) => {
    expect(bindingOf(other, 'oauth')).not.toBe(bindingOf(config, 'oauth'));
    expect(bindingOf(other, 'token')).not.toBe(bindingOf(config, 'token'));
    expect(bindingChange(config, other).address).toBe(true);
  });

  it.each<[string, unknown]>([
    ['another client', { ...config, oauth: { clientId: 'other' } }],
    ['no client', { baseUrl: config.baseUrl }],
  ])('is something else for OAuth alone with %s', (_, other) => {
    expect(bindingOf(other, 'oauth')).not.toBe(bindingOf(config, 'oauth'));
    expect(bindingOf(other, 'token')).toBe(bindingOf(config, 'token'));
    expect(bindingChange(config, other)).toEqual({ address: false, client: true });
  });

  it('holds no user name or password of an address', () => {
    expect(bindingOf({ baseUrl: 'https://user:canary@forge.test' }, 'token')).not.toMatch(/canary|user/);
  });
});
