import { describe, expect, it } from '@jest/globals';
import { TimeWords } from './time-words.js';

const words = new TimeWords({
  locale: 'en',
  justNow: 'just now',
  soon: 'in less than a minute',
  timeZone: 'UTC',
});
const now = new Date('2026-11-21T12:00:00Z');

describe('Times in words', () => {
  it.each([
    ['2026-11-21T11:59:01Z', 'just now'],
    ['2026-11-21T12:00:59Z', 'just now'],
    ['2026-11-21T12:01:00Z', 'just now'],
    ['2026-11-21T12:04:59Z', 'just now'],
    ['2026-11-21T12:05:00Z', 'in 5 minutes'],
    ['2026-11-21T11:59:00Z', '1 minute ago'],
    ['2026-11-21T11:54:10Z', '5 minutes ago'],
    ['2026-11-21T11:00:01Z', '59 minutes ago'],
    ['2026-11-21T09:30:00Z', '2 hours ago'],
    ['2026-11-20T12:00:00Z', '1 day ago'],
    ['2026-11-19T13:00:00Z', '1 day ago'],
    ['2026-11-24T12:00:00Z', 'in 3 days'],
    ['2026-11-24T11:59:30Z', 'in 3 days'],
    ['2026-09-01T12:00:00Z', '2 months ago'],
    ['2024-11-01T12:00:00Z', '2 years ago'],
  ])('%s is %s', (at, expected) => {
    expect(words.relative(new Date(at), now)).toBe(expected);
  });

  it.each([
    ['2026-11-21T12:00:40Z', 'in less than a minute'],
    ['2026-11-21T11:59:50Z', 'in less than a minute'],
    ['2026-11-21T12:01:00Z', 'in 1 minute'],
    ['2026-11-21T12:04:59Z', 'in 5 minutes'],
    ['2026-11-24T11:59:30Z', 'in 3 days'],
    ['2026-11-21T11:00:00Z', '1 hour ago'],
  ])('that are waited for: %s is %s', (at, expected) => {
    expect(words.until(new Date(at), now)).toBe(expected);
  });

  it('are told absolutely to the minute', () => {
    expect(words.absolute(new Date('2026-11-21T09:05:59Z')).replaceAll(/\s/g, ' ')).toBe(
      'Nov 21, 2026, 9:05 AM',
    );
  });
});
