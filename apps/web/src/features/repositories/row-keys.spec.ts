import { describe, expect, it } from '@jest/globals';
import { fewestSlots, rowKey, slotsFor } from './row-keys.js';

const keysOf = (from: number, count: number, kept?: number) =>
  Array.from({ length: count }, (_, index) => rowKey(from + index, kept, slotsFor(count, fewestSlots)));

describe('the keys of rows', () => {
  it.each([30, 64, 65, 100, 1000])('differ among %s rows that are there at a time', (count) => {
    expect(new Set(keysOf(9_970, count)).size).toBe(count);
  });

  it('are those of rows that have gone', () => {
    expect(keysOf(64, 30)).toEqual(keysOf(0, 30));
  });

  it('leave the row that has the focus its own, wherever the others are', () => {
    const kept = 5;
    const keys = [rowKey(kept, kept, fewestSlots), ...keysOf(64, 30, kept)];
    expect(keys[0]).toBe(rowKey(kept, undefined, fewestSlots));
    expect(new Set(keys).size).toBe(31);
  });

  it('do not become fewer with the rows, so that a window that is made smaller makes none anew', () => {
    expect(slotsFor(20, slotsFor(100, fewestSlots))).toBe(128);
  });
});
