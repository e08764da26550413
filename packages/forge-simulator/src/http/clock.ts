import { setTimeout as delay } from 'node:timers/promises';

/** Where a simulator's time comes from; tests give their own. */
export interface Clock {
  now(): Date;
  /** Resolves after `ms`; rejects as soon as `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (ms, signal) => {
    await delay(ms, undefined, signal === undefined ? {} : { signal });
  },
};
