import { describe, expect, it } from '@jest/globals';
import { splitTimes } from './split-times.js';

describe('a sentence of the server', () => {
  it('is taken apart where it tells times', () => {
    expect(splitTimes('It ended at 2026-11-21T02:31:35.356Z, after 2026-11-21T02:31:00Z.')).toEqual([
      'It ended at ',
      new Date('2026-11-21T02:31:35.356Z'),
      ', after ',
      new Date('2026-11-21T02:31:00Z'),
      '.',
    ]);
  });

  it('is one piece without any', () => {
    expect(splitTimes('You are signed in.')).toEqual(['You are signed in.']);
  });
});
