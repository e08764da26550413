import { describe, expect, it } from '@jest/globals';
import { decide, firstTime, startedAtMost } from './schedule-times.js';
import type { ScheduledConnection } from './scheduled-connections.js';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const everyMinutes = 60;
const now = Date.parse('2026-11-20T10:00:00Z');

function connection(changes: Partial<ScheduledConnection> = {}): ScheduledConnection {
  return {
    id: 'connection',
    lastAt: now - 10 * dayMs,
    lastTask: { state: 'succeeded', error_kind: null },
    isSyncing: false,
    needsAttention: false,
    ...changes,
  };
}

const decideAbout = (changes: Partial<ScheduledConnection>) => decide(connection(changes), everyMinutes, now);
const ids = Array.from({ length: 1000 }, (_, index) => `connection-${String(index)}`);

describe('the times of a schedule', () => {
  it('are spread over the interval when it is switched on', () => {
    const times = ids.map((id) => firstTime(connection({ id }), everyMinutes, now) - now);
    const quarters = [0, 1, 2, 3].map(
      (quarter) =>
        times.filter((time) => Math.floor(time / ((everyMinutes / 4) * minuteMs)) === quarter).length,
    );
    for (const count of quarters) {
      expect(count).toBeGreaterThan(200);
      expect(count).toBeLessThan(300);
    }
  });

  it('are the same for the same connection, whoever asks', () => {
    expect(firstTime(connection(), everyMinutes, now)).toBe(firstTime(connection(), everyMinutes, now));
  });

  it('begin an interval after the last sync where that was not long ago', () => {
    const lastAt = now - 10 * minuteMs;
    const first = firstTime(connection({ lastAt }), everyMinutes, now);
    expect(first).toBeGreaterThanOrEqual(lastAt + everyMinutes * minuteMs);
    expect(first).toBeLessThan(lastAt + 1.1 * everyMinutes * minuteMs);
  });

  it('part those that were synchronized together', () => {
    const times = ids.map((id) => decide(connection({ id }), everyMinutes, now).nextAt);
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(0.09 * everyMinutes * minuteMs);
  });
});

describe('a connection whose time has come', () => {
  it('is synchronized, and looked at again after the interval', () => {
    const { starts, nextAt } = decideAbout({});
    expect(starts).toBe(true);
    expect(nextAt).toBeGreaterThanOrEqual(now + everyMinutes * minuteMs);
    expect(nextAt).toBeLessThan(now + 1.1 * everyMinutes * minuteMs);
  });

  it('waits for its interval where its person has synchronized meanwhile', () => {
    const lastAt = now - 20 * minuteMs;
    const { starts, nextAt } = decideAbout({ lastAt });
    expect(starts).toBe(false);
    expect(nextAt).toBeGreaterThanOrEqual(lastAt + everyMinutes * minuteMs);
  });

  it.each([{ isSyncing: true }, { needsAttention: true }])('is passed over with %j', (changes) => {
    const { starts, nextAt } = decideAbout(changes);
    expect(starts).toBe(false);
    expect(nextAt).toBeGreaterThan(now);
  });

  it.each(['forbidden', 'sso_required', 'invalid_response'] as const)(
    'is tried once a day after the forge has refused with %s',
    (error_kind) => {
      const lastTask = { state: 'failed', error_kind } as const;
      expect(decideAbout({ lastTask, lastAt: now - dayMs + minuteMs }).starts).toBe(false);
      expect(decideAbout({ lastTask, lastAt: now - dayMs }).starts).toBe(true);
    },
  );

  it('is tried once a day after the server has stopped at it again and again', () => {
    const lastTask = { state: 'interrupted', error_kind: 'internal' } as const;
    expect(decideAbout({ lastTask, lastAt: now - 2 * 60 * minuteMs }).starts).toBe(false);
  });

  it.each(['unavailable', 'timeout', 'rate_limited', 'internal'] as const)(
    'is tried after the interval when it has failed with %s',
    (error_kind) => {
      const lastTask = { state: 'failed', error_kind } as const;
      expect(decideAbout({ lastTask, lastAt: now - 60 * minuteMs }).starts).toBe(true);
    },
  );
});

it('starts at most twice what falls to a minute, so that those that are late do not come all at once', () => {
  expect(startedAtMost(1000, 60)).toBe(34);
  expect(startedAtMost(1000, 15)).toBe(134);
  expect(startedAtMost(3, 60)).toBe(5);
});
