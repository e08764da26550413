import { describe, expect, it } from '@jest/globals';
import { expiryOf } from './expiry.js';

const now = new Date('2026-11-20T12:00:00Z');
const day = 86_400_000;
const inDays = (days: number): number => now.getTime() + days * day;
const never = { expires_at: null, ends_at: null, keep_alive_at: null };

describe('the end of a sign-in', () => {
  it.each([
    [31, 'none'],
    [30, '30-days'],
    [7.5, '30-days'],
    [7, '7-days'],
    [1.5, '7-days'],
    [1, '1-day'],
    [0.001, '1-day'],
    [0, 'expired'],
    [-100, 'expired'],
  ] as const)('is %d days ahead, which is told as %s', (days, warning) => {
    const row = { ...never, kind: 'token' as const, expires_at: inDays(days) };
    expect(expiryOf(row, now)).toEqual({ at: new Date(inDays(days)), warning });
  });

  it('is not to be expected of a token that has none', () => {
    expect(expiryOf({ ...never, kind: 'token' }, now)).toBeUndefined();
  });

  it('is not to be expected of an OAuth sign-in that is kept alive, however soon its tokens end', () => {
    const row = {
      kind: 'oauth' as const,
      expires_at: inDays(0.1),
      ends_at: inDays(5),
      keep_alive_at: inDays(3),
    };
    expect(expiryOf(row, now)).toBeUndefined();
  });

  it('is that of a refresh token whose end no renewal moves', () => {
    const row = { kind: 'oauth' as const, expires_at: null, ends_at: inDays(5), keep_alive_at: null };
    expect(expiryOf(row, now)).toEqual({ at: new Date(inDays(5)), warning: '7-days' });
  });
});
