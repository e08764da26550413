/** Time and chance, which tests make up. */
export interface Timers {
  /** In milliseconds since 1970. */
  now(): number;
  /** @throws the signal's reason when it is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** From 0 to 1, without 1. */
  random(): number;
}

export const systemTimers: Timers = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, milliseconds);
      const stop = (): void => {
        clearTimeout(timer);
        reject(reasonOf(signal));
      };
      signal?.addEventListener('abort', stop, { once: true });
    }),
  random: () => Math.random(),
};

function reasonOf(signal: AbortSignal | undefined): unknown {
  return signal?.reason;
}
