import { describe, expect, it } from '@jest/globals';
import { barsOf, fillGaps } from './chart-geometry.js';

const size = { width: 99, height: 50, gap: 1 };
const bucket = (succeeded: number, failed = 0, cancelled = 0, from = '2026-11-20T00:00:00.000Z') => ({
  from,
  succeeded,
  failed,
  cancelled,
});

describe('the bars of a chart', () => {
  it('stand side by side over the whole width', () => {
    const bars = barsOf([bucket(1), bucket(1), bucket(1), bucket(1)], size);
    expect(bars.map(({ x }) => x)).toEqual([0, 25, 50, 75]);
    expect(bars.map(({ width }) => width)).toEqual([24, 24, 24, 24]);
  });

  it('are measured by the tallest', () => {
    const [low, high] = barsOf([bucket(5), bucket(10)], size);
    expect(low?.parts).toEqual([{ kind: 'succeeded', y: 25, height: 25 }]);
    expect(high?.parts).toEqual([{ kind: 'succeeded', y: 0, height: 50 }]);
  });

  it('carry what failed on top of what succeeded', () => {
    const [bar] = barsOf([bucket(6, 2, 2)], size);
    expect(bar?.parts).toEqual([
      { kind: 'succeeded', y: 20, height: 30 },
      { kind: 'cancelled', y: 10, height: 10 },
      { kind: 'failed', y: 0, height: 10 },
    ]);
  });

  it('let one failure among a thousand be seen, within the chart', () => {
    const [bar] = barsOf([bucket(999, 1)], size);
    const failed = bar?.parts.find(({ kind }) => kind === 'failed');
    expect(failed?.y).toBeGreaterThanOrEqual(0);
    expect(failed?.height).toBeGreaterThan(0);
  });

  it('are none without any time, and empty without any sync', () => {
    expect(barsOf([], size)).toEqual([]);
    expect(barsOf([bucket(0)], size)[0]?.parts).toEqual([]);
  });
});

describe('the time that a chart shows', () => {
  const range = { from: '2026-11-20T00:00:00.000Z', to: '2026-11-20T03:00:00.000Z', bucketMinutes: 60 };

  it('has the hours without any sync, too', () => {
    const filled = fillGaps([bucket(3, 1, 0, '2026-11-20T01:00:00Z')], range);
    expect(filled).toEqual([
      bucket(0),
      bucket(3, 1, 0, '2026-11-20T01:00:00.000Z'),
      bucket(0, 0, 0, '2026-11-20T02:00:00.000Z'),
    ]);
  });

  it('passes over what lies outside', () => {
    expect(
      fillGaps([bucket(3, 0, 0, '2026-11-21T01:00:00Z')], range).every(({ succeeded }) => succeeded === 0),
    ).toBe(true);
  });

  it('stays as it came when the range makes no sense', () => {
    const known = [bucket(1)];
    expect(fillGaps(known, { ...range, bucketMinutes: 0 })).toBe(known);
    expect(fillGaps(known, { ...range, to: range.from })).toBe(known);
  });
});
