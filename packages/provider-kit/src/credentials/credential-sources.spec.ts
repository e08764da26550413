import { inspect } from 'node:util';
import type { Credential } from '@anyforge/core';
import { describe, expect, it } from '@jest/globals';
import { isCredentialSource, staticCredentials } from './credential-sources.js';

const credential: Credential = { kind: 'token', token: 'ghp_s3cret' };

describe('credentials that never change', () => {
  it('are given as they are, cannot be renewed and are not shown', async () => {
    const source = staticCredentials(credential);
    expect(await source.get()).toBe(credential);
    expect(source).not.toHaveProperty('renew');
    expect(inspect(source, { depth: 9 })).not.toContain('s3cret');
  });

  it('are told apart from a source', () => {
    expect(isCredentialSource(credential)).toBe(false);
    expect(isCredentialSource(staticCredentials(credential))).toBe(true);
  });
});
