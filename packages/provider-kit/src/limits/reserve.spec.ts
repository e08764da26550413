import { describe, expect, it } from '@jest/globals';
import { reserveOf } from './reserve.js';

describe('the part of a limit that is left to people', () => {
  it.each([
    [5_000, 500],
    [900, 90],
    [61, 7],
    [30, 5],
    [9, 4],
    [2, 1],
    [1, 0],
    [0, 0],
  ])('is, of %i requests, %i', (limit, reserve) => {
    expect(reserveOf(limit)).toBe(reserve);
  });
});
