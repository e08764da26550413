import { describe, expect, it } from '@jest/globals';
import { rowKey } from './row-keys.js';

const keysOf = (from: number, count: number, kept?: number) =>
  Array.from({ length: count }, (_, index) => rowKey(from + index, kept));

describe('the keys of rows', () => {
  it('differ among the rows that are there at a time', () => {
    expect(new Set(keysOf(9_970, 30)).size).toBe(30);
  });

  it('are those of rows that have gone', () => {
    expect(keysOf(64, 30)).toEqual(keysOf(0, 30));
  });

  it('leave the row that has the focus its own, wherever the others are', () => {
    const kept = 5;
    const keys = [rowKey(kept, kept), ...keysOf(64, 30, kept)];
    expect(keys[0]).toBe(rowKey(kept, undefined));
    expect(new Set(keys).size).toBe(31);
  });
});
