import { describe, expect, it } from '@jest/globals';
import { isRepeatedPress } from './repeated-press.js';

describe('a press', () => {
  it('is its own when none was before it', () => {
    expect(isRepeatedPress({ detail: 1, timeStamp: 5 }, undefined)).toBe(false);
  });

  it('is its own a moment after the one before it, by a pointer or a key', () => {
    expect(isRepeatedPress({ detail: 1, timeStamp: 2_000 }, 1_000)).toBe(false);
    expect(isRepeatedPress({ detail: 0, timeStamp: 2_000 }, 1_000)).toBe(false);
  });

  it('belongs to the one before it as the second of a double click', () => {
    expect(isRepeatedPress({ detail: 2, timeStamp: 2_000 }, 1_000)).toBe(true);
  });

  it('belongs to the one before it when a key gives it at once', () => {
    expect(isRepeatedPress({ detail: 0, timeStamp: 1_300 }, 1_000)).toBe(true);
  });
});
