import { describe, expect, it } from '@jest/globals';
import { endOf, windowAfter, windowsUntil } from './windows.js';

const first = windowAfter(0, 50);

describe('the pages of a listing', () => {
  it('begin with the first, as large as may be', () => {
    expect(first).toEqual({ page: 1, limit: 50, start: 0 });
  });

  it('each begin within the one before, and go further', () => {
    for (const most of [20, 50, 100])
      for (let seen = 1; seen <= 1_000; seen += 1) {
        const window = windowAfter(seen, most);
        expect(window.start).toBe((window.page - 1) * window.limit);
        expect([window.start < seen, endOf(window) > seen, window.limit <= most]).toEqual([true, true, true]);
      }
  });

  it('that are so small that all sizes end at one place go on from there', () => {
    expect(windowAfter(60, 5)).toEqual({ page: 13, limit: 5, start: 60 });
    expect(windowAfter(7, 1)).toEqual({ page: 8, limit: 1, start: 7 });
  });

  it.each([
    [50, 0],
    [51, 1],
    [107, 2],
    [1_000, 23],
    [10_000, 242],
  ])('lead to the end of %i items by %i more', (total, count) => {
    const windows = windowsUntil(total, first, 50);
    expect(windows).toHaveLength(count);
    expect(endOf(windows.at(-1) ?? first)).toBeGreaterThanOrEqual(total);
  });
});
