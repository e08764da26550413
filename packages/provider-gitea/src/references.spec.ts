import { describe, expect, it } from '@jest/globals';
import { organizationKey, repositoryAddress } from './references.js';

describe('a reference', () => {
  it('to a repository is its id, or its owner and name', () => {
    expect(repositoryAddress({ id: '7', path: 'acme/api' })).toBe('/repositories/7');
    expect(repositoryAddress({ path: 'acme/größe?' })).toBe('/repos/acme/gr%C3%B6%C3%9Fe%3F');
  });

  it('to an organization is its id, or its name in whatever letters', () => {
    expect(organizationKey({ id: '26', path: 'acme' })).toEqual({ id: '26' });
    expect(organizationKey({ path: 'Acme' })).toEqual({ name: 'acme' });
  });

  it.each([
    { path: 'acme' },
    { path: 'acme/../user' },
    { path: 'a/b/c' },
    { path: 'a//b' },
    { id: '../user' },
    { id: 'acme%2Fapi' },
  ])('that cannot be one is refused: %j', (reference) => {
    expect(() => repositoryAddress(reference)).toThrow(expect.objectContaining({ kind: 'invalid_request' }));
  });

  it.each([{ path: 'acme/platform' }, { path: '..' }, { id: 'acme' }])(
    'to an organization that cannot be one is refused: %j',
    (reference) => {
      expect(() => organizationKey(reference)).toThrow(expect.objectContaining({ kind: 'invalid_request' }));
    },
  );
});
