import { describe, expect, it } from '@jest/globals';
import { returnedSignIn, withoutReturnedSignIn } from './returned-sign-in.js';

describe('the address that a browser comes back to from a forge', () => {
  it('names the sign-in', () => {
    expect(returnedSignIn('/anyforge/git-providers?search=git&signIn=one')).toBe('one');
    expect(returnedSignIn('/git-providers')).toBeUndefined();
  });

  it('keeps everything else', () => {
    expect(withoutReturnedSignIn('/anyforge/git-providers?search=git&signIn=one#list')).toBe(
      '/anyforge/git-providers?search=git#list',
    );
    expect(withoutReturnedSignIn('/git-providers?signIn=one')).toBe('/git-providers');
  });
});
