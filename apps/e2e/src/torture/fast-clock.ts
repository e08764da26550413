import { setTimeout as delay } from 'node:timers/promises';

/** A time that passes faster than the system's, and is the same in every process that knows these two numbers. */
export interface FastTime {
  /** The moment of the system's clock at which both are the same, in epoch milliseconds. */
  readonly since: number;
  readonly speed: number;
}

/** So that seconds of waiting for a forge, or for one that hangs, are some milliseconds. */
const speed = 20;

/** Two moments that are less apart, in its own milliseconds, may come in either order: the system tells no less. */
export const tickMs = speed;

export function startFastTime(): FastTime {
  return { since: Date.now(), speed };
}

/** A clock of that time: in these milliseconds are all times of a torture, and all waiting. */
export class FastClock {
  readonly #time: FastTime;

  constructor(time: FastTime) {
    this.#time = time;
  }

  now(): Date {
    const { since, speed: times } = this.#time;
    return new Date(since + (Date.now() - since) * times);
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    await delay(Math.ceil(ms / this.#time.speed), undefined, signal === undefined ? {} : { signal }).catch(
      (error: unknown) => {
        throw signal?.aborted === true ? signal.reason : error;
      },
    );
  }
}
