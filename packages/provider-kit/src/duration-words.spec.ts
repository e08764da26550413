import { describe, expect, it } from '@jest/globals';
import { durationWords } from './duration-words.js';

describe('how long something takes, in words', () => {
  it.each([
    [0, 'less than a minute'],
    [59_999, 'less than a minute'],
    [60_000, '1 minute'],
    [60_001, '2 minutes'],
    [45 * 60_000, '45 minutes'],
    [91 * 60_000, '2 hours'],
    [47.5 * 3_600_000, '48 hours'],
    [49 * 3_600_000, '3 days'],
  ])('%i ms: %s', (ms, words) => {
    expect(durationWords(ms)).toBe(words);
  });
});
