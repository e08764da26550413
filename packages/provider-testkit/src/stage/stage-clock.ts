import type { Clock } from '@anyforge/core';

/** A sleep that somebody asked for. */
export interface Sleep {
  readonly ms: number;
  readonly from: Date;
}

interface Sleeper extends Sleep {
  readonly until: number;
  readonly wake: () => void;
}

/** How many turns of the event loop without news count as rest: streams and promises take a few each. */
const restfulTurns = 25;

/**
 * A clock that stands still while anything happens, and goes on to the next sleeper as soon as nothing does any more:
 * no request is being answered, and the event loop has come to rest. So what waits for an hour takes no time, in the
 * right order, beside real connections.
 */
export class StageClock implements Clock {
  readonly #sleepers = new Set<Sleeper>();
  readonly #sleeps: Sleep[] = [];
  #now: number;
  #watching = false;
  #news = 0;

  /** @param isBusy whether anything is under way that takes real time */
  constructor(
    readonly isBusy: () => boolean,
    start: Date = new Date('2026-11-20T12:00:00Z'),
  ) {
    this.#now = start.getTime();
  }

  /** Every sleep so far, those that were cancelled among them. */
  get sleeps(): readonly Sleep[] {
    return this.#sleeps;
  }

  now(): Date {
    return new Date(this.#now);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason);
        return;
      }
      const leave = (): void => {
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener('abort', cancel);
      };
      const cancel = (): void => {
        leave();
        reject(signal?.reason);
      };
      const sleeper: Sleeper = {
        ms,
        from: this.now(),
        until: this.#now + ms,
        wake: () => {
          leave();
          resolve();
        },
      };
      signal?.addEventListener('abort', cancel, { once: true });
      this.#sleepers.add(sleeper);
      this.#sleeps.push({ ms, from: sleeper.from });
      this.stir();
    });
  }

  /** Moves the time by hand, past whoever sleeps until then. */
  advance(ms: number): void {
    this.#now += ms;
    for (const sleeper of [...this.#sleepers]) if (sleeper.until <= this.#now) sleeper.wake();
    this.stir();
  }

  /** Something happened: the time stands still until all has come to rest again. */
  stir(): void {
    this.#news += 1;
    if (this.#watching) return;
    this.#watching = true;
    void this.#watch();
  }

  /** Goes on from sleeper to sleeper until nobody sleeps, or something happens that will stir the clock again. */
  async #watch(): Promise<void> {
    while (this.#sleepers.size > 0 && !this.isBusy()) {
      const news = this.#news;
      await turns(restfulTurns, () => news !== this.#news);
      if (news !== this.#news || this.isBusy()) continue;
      const [next] = [...this.#sleepers].sort((one, other) => one.until - other.until);
      if (next === undefined) continue;
      this.#now = Math.max(this.#now, next.until);
      next.wake();
    }
    this.#watching = false;
  }
}

/** Lets the event loop turn so often, or until there is news. */
export async function turns(count: number, isNews: () => boolean = () => false): Promise<void> {
  for (let turn = 0; turn < count && !isNews(); turn += 1)
    await new Promise((resolve) => setImmediate(resolve));
}
