import { inspect } from 'node:util';
import type { Credential } from '@anyforge/core';
import { describe, expect, it } from '@jest/globals';
import { toCredentialSource } from './credential-source.js';

const token: Credential = { kind: 'token', token: 'ghp_s3cret' };
const oauth: Credential = { kind: 'oauth', accessToken: 'gho_s3cret' };

describe('what a session signs in with', () => {
  it.each([[token], [oauth]])(
    'may be a credential, which never changes and is not shown',
    async (credential) => {
      const source = toCredentialSource(credential);
      expect(await source.get()).toBe(credential);
      expect(source).not.toHaveProperty('renew');
      expect(inspect(source, { depth: 9 })).not.toContain('s3cret');
    },
  );

  it('may be a source, which stays as it is', () => {
    const source = toCredentialSource(token);
    expect(toCredentialSource(source)).toBe(source);
  });

  it.each([
    ['ghp_s3cret'],
    [undefined],
    [null],
    [{ kind: 'token' }],
    [{ token: 7 }],
    [{ get: 'ghp_s3cret' }],
  ])('may be nothing else, and what it is instead is not shown', (value) => {
    // @ts-expect-error a program without types may pass anything
    const make = () => toCredentialSource(value);
    expect(make).toThrow(TypeError);
    expect(make).toThrow("Sign in with { kind: 'token', token }");
    expect(make).not.toThrow('s3cret');
  });
});
