import { describe, expect, it } from '@jest/globals';
import { pollDelay } from './poll-delay.js';

const now = Date.parse('2026-11-21T08:00:00.000Z');

function waitingFor(nextPollAt: string) {
  return {
    state: 'pending',
    device: { userCode: 'ABCD-1234', verificationUrl: 'https://forge.example.com/device', nextPollAt },
  } as const;
}

describe('asking how a sign-in stands', () => {
  it('waits until the server says that asking makes sense', () => {
    expect(pollDelay(waitingFor('2026-11-21T08:00:05.000Z'), now)).toBe(5000);
  });

  it.each([
    ['a clock that is behind', '2026-11-21T07:00:00.000Z', 1000],
    ['a clock that is ahead', '2026-11-21T09:00:00.000Z', 15_000],
    ['a time that is none', 'soon', 15_000],
  ])('keeps its pace with %s', (_, nextPollAt, delay) => {
    expect(pollDelay(waitingFor(nextPollAt), now)).toBe(delay);
  });

  it('asks beside a window as well, which may have been cut off', () => {
    expect(pollDelay({ state: 'pending' }, now)).toBe(2500);
  });

  it('ends with the sign-in', () => {
    expect(pollDelay({ state: 'succeeded' }, now)).toBeUndefined();
    expect(pollDelay({ state: 'failed' }, now)).toBeUndefined();
  });
});
