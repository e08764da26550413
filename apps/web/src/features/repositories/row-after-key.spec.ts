import { describe, expect, it } from '@jest/globals';
import { rowAfterKey } from './row-after-key.js';

const place = { from: 50, count: 100, rowsOnScreen: 10 };

describe('a key in the list', () => {
  it.each([
    ['ArrowDown', 51],
    ['ArrowUp', 49],
    ['PageDown', 59],
    ['PageUp', 41],
    ['Home', 0],
    ['End', 99],
    ['a', undefined],
    ['toString', undefined],
  ])('leads to a row: %s', (key, index) => {
    expect(rowAfterKey(key, place)).toBe(index);
  });

  it('leads out of the list nowhere', () => {
    expect(rowAfterKey('ArrowUp', { ...place, from: 0 })).toBe(0);
    expect(rowAfterKey('PageDown', { ...place, from: 95 })).toBe(99);
  });

  it('moves on by a row at least where the screen has room for none', () => {
    expect(rowAfterKey('PageDown', { ...place, rowsOnScreen: 0 })).toBe(51);
  });
});
