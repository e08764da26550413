import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { MinuteClock } from './minute-clock.js';

describe('The clock of a page', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: 0 });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('tells everybody who watches each minute, with one timer', () => {
    const clock = new MinuteClock(() => Date.now());
    const told: number[] = [];
    const ends = [1, 2].map((watcher) => clock.subscribe(() => told.push(watcher)));
    expect(jest.getTimerCount()).toBe(1);
    jest.advanceTimersByTime(60_000);
    expect(told).toEqual([1, 2]);
    expect(clock.read()).toBe(60_000);
    for (const end of ends) end();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is right at once for whoever is the first to watch after nobody did', () => {
    const clock = new MinuteClock(() => Date.now());
    jest.setSystemTime(600_000);
    const end = clock.subscribe(() => undefined);
    expect(clock.read()).toBe(600_000);
    end();
  });
});
