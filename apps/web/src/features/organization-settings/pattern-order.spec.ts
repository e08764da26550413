import { describe, expect, it } from '@jest/globals';
import { moved, typedPatterns } from './pattern-order.js';

describe('patterns in order', () => {
  it('are moved up and down', () => {
    expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
  });

  it('count only when something is typed, and are known by where they stand', () => {
    expect(typedPatterns(['', 'acme/**', '  ', '!acme/old'])).toEqual([
      { pattern: 'acme/**', position: 1 },
      { pattern: '!acme/old', position: 3 },
    ]);
  });
});
