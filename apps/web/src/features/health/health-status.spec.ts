import { describe, expect, it } from '@jest/globals';
import { statusOf } from './health-status.js';

const good = {
  connections: 3,
  needAttention: 0,
  lastCompletedAt: '2026-11-20T10:00:00Z',
  rateBudgets: [],
};
const failure = (at: string) => ({ at, kind: 'unavailable', message: 'The forge does not answer.' });

describe('how a git provider is doing', () => {
  it('is good while lists become complete and nobody has to do anything', () => {
    expect(statusOf(good)).toBe('good');
    expect(statusOf({ ...good, lastFailure: failure('2026-11-20T09:00:00Z') })).toBe('good');
  });

  it('needs attention when somebody has to sign in again', () => {
    expect(statusOf({ ...good, needAttention: 1 })).toBe('attention');
  });

  it('needs attention when the newest that is known is a failure', () => {
    expect(statusOf({ ...good, lastFailure: failure('2026-11-20T11:00:00Z') })).toBe('attention');
    const { lastCompletedAt: _none, ...never } = good;
    expect(statusOf({ ...never, lastFailure: failure('2026-11-20T11:00:00Z') })).toBe('attention');
  });

  it('says nothing of one that nobody uses', () => {
    expect(statusOf({ ...good, connections: 0 })).toBe('unused');
  });
});
