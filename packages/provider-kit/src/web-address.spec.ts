import { describe, expect, it } from '@jest/globals';
import { isBareAddress, isPlainHttps, withoutTrailingSlash } from './web-address.js';

describe('a web address without a slash at its end', () => {
  it.each([
    ['https://forge.test', 'https://forge.test'],
    ['HTTPS://Forge.test/', 'https://forge.test'],
    ['https://forge.test/git//', 'https://forge.test/git'],
  ])('is that of %j', (address, expected) => {
    expect(withoutTrailingSlash(address)).toBe(expected);
  });

  it('is found among a million slashes, also where something follows them', () => {
    const slashes = '/'.repeat(1_000_000);
    expect(withoutTrailingSlash(`https://forge.test/git${slashes}`)).toBe('https://forge.test/git');
    expect(withoutTrailingSlash(`https://forge.test${slashes}git`)).toHaveLength(1_000_021);
  });
});

describe('what is no address', () => {
  it.each(['', 'forge.test', 'https://'])('is neither bare nor plain https: %j', (text) => {
    expect([isBareAddress(text), isPlainHttps(text)]).toEqual([false, false]);
  });
});
