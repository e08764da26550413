import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { atLeast, compareLevels, highestLevel, permissionLevels } from './permissions.js';

const level = fc.constantFrom(...permissionLevels);

describe('permission levels', () => {
  it('are ordered from none to admin', () => {
    const shuffled = ['admin', 'read', 'none', 'maintain', 'write', 'triage'] as const;
    expect(shuffled.toSorted(compareLevels)).toEqual([...permissionLevels]);
  });

  it('have a highest one that is among them and below none of them', () => {
    fc.assert(
      fc.property(fc.array(level, { minLength: 1 }), (levels) => {
        const highest = highestLevel(levels);
        expect(levels).toContain(highest);
        expect(levels.every((other) => compareLevels(other, highest) <= 0)).toBe(true);
      }),
    );
  });

  it('are none when nothing is granted', () => {
    expect(highestLevel([])).toBe('none');
  });
});

describe('atLeast', () => {
  it('includes the lesser levels and the level itself', () => {
    const write = { level: 'write', native: 'push' } as const;
    expect(permissionLevels.filter((wanted) => atLeast(write, wanted))).toEqual([
      'none',
      'read',
      'triage',
      'write',
    ]);
  });

  it('grants nothing on an unknown permission', () => {
    const unknown = { level: 'unknown', native: '', reason: 'The token may not ask.' } as const;
    expect(permissionLevels.filter((wanted) => atLeast(unknown, wanted))).toEqual(['none']);
  });
});
