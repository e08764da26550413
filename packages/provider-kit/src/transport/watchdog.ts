import type { Clock } from '@anyforge/core';

/** A timeout that is put off again and again with one sleep at a time, however often it is put off. */
export interface Watchdog {
  /** From now on there are `ms` left. */
  allow(ms: number): void;
  stop(): void;
}

/** Every request stops one: an error of the platform's own, with its stack, would cost more than all else here. */
const isOver = 'The watch is over.';

export function startWatchdog(clock: Clock, ms: number, onExpired: () => void): Watchdog {
  const stopped = new AbortController();
  let expiresAt = 0;
  const allow = (allowedMs: number): void => {
    expiresAt = clock.now().getTime() + allowedMs;
  };
  const watch = async (): Promise<void> => {
    for (;;) {
      const left = expiresAt - clock.now().getTime();
      if (left <= 0) {
        onExpired();
        return;
      }
      await clock.sleep(left, stopped.signal);
    }
  };
  allow(ms);
  // The only way for the watch to fail is being stopped.
  watch().catch(() => undefined);
  return {
    allow,
    stop: () => {
      stopped.abort(isOver);
    },
  };
}
