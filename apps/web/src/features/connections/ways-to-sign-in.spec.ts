import { describe, expect, it } from '@jest/globals';
import { offeredWays } from './ways-to-sign-in.js';

describe('the ways to sign in', () => {
  it('begin with a window of the forge where it has an OAuth application', () => {
    expect(offeredWays({ waysToSignIn: ['token', 'oauth', 'device'] })).toEqual([
      'window',
      'code',
      'token',
      'here',
    ]);
  });

  it('are a token alone where there is nothing else', () => {
    expect(offeredWays({ waysToSignIn: ['token'] })).toEqual(['token']);
  });

  it('are none while the git provider cannot be used', () => {
    expect(offeredWays({ waysToSignIn: [] })).toEqual([]);
  });
});
