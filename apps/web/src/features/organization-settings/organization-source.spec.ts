import type { Connection, GitProviderDraft } from '@anyforge/client';
import { describe, expect, it } from '@jest/globals';
import { organizationSourceOf } from './organization-source.js';

const account = { id: '7', username: 'ada', kind: 'user' } as const;
const connection: Connection = {
  gitProviderId: 'g1',
  kind: 'token',
  account,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
};
const draftWith = (signIn: GitProviderDraft['signIn']) => ({ id: 'd1', signIn });

describe('organizations are looked at', () => {
  it('with the sign-in of the test, as soon as the test has told whose it is', () => {
    const tested = draftWith({ kind: 'oauth', usable: true, identity: { account } });
    expect(organizationSourceOf({ id: 'g1', connection }, tested)).toEqual({
      kind: 'draft',
      id: 'd1',
      accountId: '7',
    });
    for (const signIn of [
      null,
      { kind: 'oauth', usable: true },
      { kind: 'oauth', usable: false, identity: { account } },
    ] as const) {
      expect(organizationSourceOf(undefined, draftWith(signIn))).toEqual({ kind: 'none', needed: 'test' });
    }
  });

  it('with my own sign-in', () => {
    expect(organizationSourceOf({ id: 'g1', connection }, undefined)).toEqual({
      kind: 'connection',
      id: 'g1',
      accountId: '7',
    });
  });

  it('by nobody who is not signed in, or not any more', () => {
    expect(organizationSourceOf({ id: 'g1', connection: null }, undefined)).toEqual({
      kind: 'none',
      needed: 'sign-in',
    });
    const ended = { ...connection, needsAttention: { reason: 'Revoked.', since: '2026-01-02T00:00:00Z' } };
    expect(organizationSourceOf({ id: 'g1', connection: ended }, undefined)).toEqual({
      kind: 'none',
      needed: 'sign-in-again',
    });
  });
});
