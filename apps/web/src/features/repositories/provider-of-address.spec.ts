import { describe, expect, it } from '@jest/globals';
import type { Connection } from '@anyforge/client';
import { onlySignedIn, pathAt, providerAt } from './provider-of-address.js';

const connection: Connection = {
  gitProviderId: 'any',
  kind: 'token',
  account: { id: '1', username: 'ada', kind: 'user' },
  createdAt: '2026-11-01T10:00:00Z',
  updatedAt: '2026-11-01T10:00:00Z',
};
const provider = (id: string, config: unknown, signedIn = false) => ({
  id,
  config,
  connection: signedIn ? connection : null,
});

describe('the git provider of an address', () => {
  const one = provider('one', { baseUrl: 'https://one.example' });
  const two = provider('two', { baseUrl: 'https://two.example:8443/git', oauth: { clientId: 'x' } });

  it('is the one that is configured for its host, whatever the port', () => {
    expect(providerAt([one, two], 'two.example')).toBe(two);
    expect(providerAt([one, two], 'two.example:7999')).toBe(two);
    expect(providerAt([one, two], 'three.example')).toBeUndefined();
  });

  it('is the one at the very port, where several share a host', () => {
    const other = provider('other', { baseUrl: 'https://two.example:9443' });
    expect(providerAt([other, two], 'two.example:8443')).toBe(two);
    expect(providerAt([other, two], 'two.example:9443')).toBe(other);
  });

  it('is the one that I am signed in to, where there are several', () => {
    const mine = provider('mine', { baseUrl: 'https://one.example' }, true);
    expect(providerAt([one, mine], 'one.example')).toBe(mine);
  });

  it('is found in whatever form the config has', () => {
    expect(
      providerAt(
        [provider('odd', null), provider('deep', { web: { address: 'https://one.example' } })],
        'one.example',
      )?.id,
    ).toBe('deep');
  });
});

describe('the path of an address', () => {
  const below = provider('below', { baseUrl: 'https://one.example/forge/' });

  it('is what comes after the path of the git provider itself', () => {
    expect(pathAt(below, { path: 'forge/acme/api', isOfWeb: true })).toBe('acme/api');
    expect(pathAt(below, { path: 'forgery/acme/api', isOfWeb: true })).toBe('forgery/acme/api');
    expect(
      pathAt(provider('top', { baseUrl: 'https://one.example' }), { path: 'acme/api', isOfWeb: true }),
    ).toBe('acme/api');
  });

  it('is all of it in addresses of git, and where no address was given', () => {
    expect(pathAt(below, { path: 'forge/api', isOfWeb: false })).toBe('forge/api');
    expect(pathAt(below, { path: 'forge/api' })).toBe('forge/api');
  });
});

describe('the git provider that goes without saying', () => {
  it('is the only one that I am signed in to', () => {
    const mine = provider('mine', {}, true);
    expect(onlySignedIn([provider('other', {}), mine])).toBe(mine);
    expect(onlySignedIn([mine, provider('second', {}, true)])).toBeUndefined();
    expect(onlySignedIn([provider('other', {})])).toBeUndefined();
  });
});
