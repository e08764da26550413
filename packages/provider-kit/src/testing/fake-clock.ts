import type { Clock } from '@anyforge/core';

/** A clock that stands still until a test moves it. */
export interface FakeClock extends Clock {
  /** How long each sleep that is going on was asked to be, in milliseconds. */
  readonly sleeps: readonly number[];
  /** Moves the time, waking sleepers in order and letting each run before the next. */
  advance(ms: number): Promise<void>;
  /** Resolves as soon as somebody sleeps for exactly `ms`, or at all. */
  sleeping(ms?: number): Promise<void>;
  /**
   * Moves the time from sleeper to sleeper, whenever all else has come to rest, until the work settles; settles
   * as the work does. For work without real I/O.
   */
  run<T>(work: Promise<T>): Promise<T>;
}

interface Sleeper {
  readonly ms: number;
  readonly until: number;
  readonly wake: () => void;
}

export function createFakeClock(start: Date = new Date('2026-11-20T12:00:00Z')): FakeClock {
  let now = start.getTime();
  const sleepers = new Set<Sleeper>();
  const watchers = new Set<() => void>();

  const nextUp = (): Sleeper | undefined => [...sleepers].sort((one, other) => one.until - other.until).at(0);
  const wake = async (sleeper: Sleeper): Promise<void> => {
    now = Math.max(now, sleeper.until);
    sleeper.wake();
    await rest();
  };

  const sleeping = (ms?: number): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (![...sleepers].some((sleeper) => ms === undefined || sleeper.ms === ms)) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      look();
    });

  return {
    sleeping,
    now: () => new Date(now),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) {
          reject(signal.reason);
          return;
        }
        const done = (): void => {
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', cancel);
        };
        const cancel = (): void => {
          done();
          reject(signal?.reason);
        };
        const sleeper: Sleeper = {
          ms,
          until: now + ms,
          wake: () => {
            done();
            resolve();
          },
        };
        signal?.addEventListener('abort', cancel, { once: true });
        sleepers.add(sleeper);
        for (const look of watchers) look();
      }),
    get sleeps() {
      return [...sleepers].map(({ ms }) => ms);
    },
    async advance(ms) {
      await rest();
      const end = now + ms;
      for (let next = nextUp(); next !== undefined && next.until <= end; next = nextUp()) await wake(next);
      now = end;
      await rest();
    },
    async run(work) {
      const state = { settled: false };
      const settle = (): void => {
        state.settled = true;
      };
      const end = work.then(settle, settle);
      await rest();
      while (!state.settled) {
        const next = nextUp();
        if (next === undefined) await Promise.race([end, sleeping()]);
        else await wake(next);
        await rest();
      }
      return work;
    },
  };
}

/** Lets everything run that needs no time: promise jobs, and streams, which take a few turns of the event loop. */
async function rest(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
