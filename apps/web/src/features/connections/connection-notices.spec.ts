import { describe, expect, it } from '@jest/globals';
import type { Connection } from '@anyforge/client';
import { noticesOf, urgencyOf } from './connection-notices.js';

const at = '2026-11-22T08:00:00.000Z';
const connection: Connection = {
  gitProviderId: 'forge',
  kind: 'token',
  account: { id: '7', username: 'ada', kind: 'user' },
  createdAt: '2026-11-01T08:00:00.000Z',
  updatedAt: '2026-11-01T08:00:00.000Z',
};
const omitted = [{ organization: { path: 'acme' }, reason: 'sso_required' }] as const;

describe('what a person is told of their sign-in', () => {
  it('is nothing while all is well', () => {
    expect(noticesOf({ ...connection, expiry: { at, warning: 'none' }, missingScopes: [] })).toEqual([]);
  });

  it('is that alone which keeps it from being used', () => {
    const needsAttention = { reason: 'The token was refused.', since: at };
    const expiry = { at, warning: 'expired' } as const;
    expect(noticesOf({ ...connection, needsAttention, expiry, missingScopes: ['repo'] })).toEqual([
      { kind: 'attention', ...needsAttention },
    ]);
  });

  it('begins with its end, and then tells what it lacks', () => {
    const told = noticesOf({
      ...connection,
      expiry: { at, warning: '7-days' },
      missingScopes: ['repo'],
      visible: { completedAt: at, omitted },
    });
    expect(told).toEqual([
      { kind: 'expiry', warning: '7-days', at, credential: 'token' },
      { kind: 'scopes', scopes: ['repo'] },
      { kind: 'omissions', omitted },
    ]);
  });

  it.each([
    ['30-days', 'later'],
    ['7-days', 'soon'],
    ['1-day', 'soon'],
    ['expired', 'now'],
  ] as const)('of an end with the warning %s has to be done %s', (warning, urgency) => {
    expect(urgencyOf({ kind: 'expiry', warning, at, credential: 'token' })).toBe(urgency);
  });
});
