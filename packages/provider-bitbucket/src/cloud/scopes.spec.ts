import { describe, expect, it } from '@jest/globals';
import { familyOf, missingScopes, readScopes } from './scopes.js';

describe('scopes', () => {
  it.each([
    ['oauth', ['account', 'repository:write'], []],
    ['oauth', ['account', 'pullrequest'], []],
    ['oauth', ['email', 'project:admin'], ['account', 'repository']],
    ['access', ['repository'], []],
    ['access', ['pipeline'], ['repository']],
    [
      'api',
      ['read:user:bitbucket', 'write:repository:bitbucket'],
      ['read:workspace:bitbucket', 'read:repository:bitbucket'],
    ],
  ] as const)('of %s credentials: %j lacks %j', (family, granted, missing) => {
    expect(missingScopes(family, granted)).toEqual(missing);
  });

  it('are read from their header, where there is one', () => {
    expect(readScopes('account,  repository')).toEqual(['account', 'repository']);
    expect(readScopes('')).toEqual([]);
    expect(readScopes(undefined)).toBeUndefined();
  });

  it('belong to a family that the form of the credential tells', () => {
    expect(familyOf({ kind: 'token', token: 't', username: 'ada@example.com' })).toBe('api');
    expect(familyOf({ kind: 'token', token: 't' })).toBe('access');
    expect(familyOf({ kind: 'token', token: 't', username: '' })).toBe('access');
    expect(familyOf({ kind: 'oauth', accessToken: 't' })).toBe('oauth');
  });
});
