import { describe, expect, it } from '@jest/globals';
import { TidyMap } from './tidy-map.js';

/** A map of so many entries, each of which is over or still in use. */
function filled(count: number, isOver: (index: number) => boolean): TidyMap<number> {
  const entries = new TidyMap(isOver);
  for (let index = 0; index < count; index += 1) entries.set(String(index), index);
  return entries;
}

describe('a tidy map', () => {
  it('lets go of what is over when there are a thousand entries, and of nothing that is in use', () => {
    const entries = filled(1_000, (index) => index % 2 === 1);
    expect(entries.get('1')).toBe(1);
    entries.set('new', 0);
    expect(entries.get('1')).toBeUndefined();
    expect(entries.get('2')).toBe(2);
    expect(entries.get('new')).toBe(0);
  });

  it('lets go of nothing when an entry takes the place of its own', () => {
    const entries = filled(1_000, () => true);
    entries.set('5', 55);
    expect([entries.get('4'), entries.get('5')]).toEqual([4, 55]);
  });

  it('is not looked through for every new entry when all are in use', () => {
    let looks = 0;
    filled(10_000, () => {
      looks += 1;
      return false;
    });
    expect(looks).toBeLessThan(20_000);
  });

  it('makes an entry on first use', () => {
    const entries = filled(0, () => true);
    expect(entries.obtain('a', () => 1)).toBe(1);
    expect(entries.obtain('a', () => 2)).toBe(1);
  });
});
