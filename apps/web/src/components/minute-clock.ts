import { createContext, useContext, useSyncExternalStore } from 'react';

const minuteMs = 60_000;

/** Tells everybody who watches the time, with one timer, and none while nobody does. */
export class MinuteClock {
  readonly #watchers = new Set<() => void>();
  readonly #now: () => number;
  #timer: ReturnType<typeof setInterval> | undefined;
  #minute: number;

  constructor(now: () => number) {
    this.#now = now;
    this.#minute = now();
  }

  readonly subscribe = (watcher: () => void): (() => void) => {
    if (this.#watchers.size === 0) this.#minute = this.#now();
    this.#watchers.add(watcher);
    this.#timer ??= setInterval(() => {
      this.#tick();
    }, minuteMs);
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  };

  /** The time at the last tick. A component that mounts in between sees at most a minute too little. */
  readonly read = (): number => this.#minute;

  #tick(): void {
    this.#minute = this.#now();
    for (const watcher of this.#watchers) watcher();
  }
}

export const MinuteClockContext = createContext<MinuteClock | undefined>(undefined);

/** The time, renewed each minute. */
export function useMinute(): number {
  const clock = useContext(MinuteClockContext);
  if (clock === undefined) throw new Error('There is no MinuteClockContext around this component.');
  return useSyncExternalStore(clock.subscribe, clock.read);
}
