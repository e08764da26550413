import { ProviderError } from '@anyforge/core';
import type { Resources } from '../resources.js';
import type { SignInRow } from '../store/rows/sign-ins.js';
import { deviceFlowUnavailable } from './sign-in-failures.js';
import type { SignInKeeper } from './sign-in-keeper.js';
import type { SignInRows } from './sign-in-rows.js';

/** Longer than the forge may take to answer: nobody asks it twice at a time. */
const answerMs = 60_000;

/** Asks forges whether a code has been typed: once for each request of whoever waits, never sooner than the forge allows. */
export class DevicePoller {
  readonly #resources: Resources;
  readonly #rows: SignInRows;
  readonly #keeper: SignInKeeper;

  constructor(resources: Resources, rows: SignInRows, keeper: SignInKeeper) {
    this.#resources = resources;
    this.#rows = rows;
    this.#keeper = keeper;
  }

  /** Asks if it is time. True: the sign-in may have changed. */
  async poll(row: SignInRow, now: number): Promise<boolean> {
    const { poll_at: pollAt, interval_ms: intervalMs } = row;
    if (row.state !== 'pending' || pollAt === null || intervalMs === null || now < pollAt) return false;
    if (!(await this.#rows.takePoll(row, now + intervalMs + answerMs))) return false;
    try {
      await this.#ask(row, intervalMs);
    } catch (error) {
      if (ProviderError.is(error) && error.retryable)
        await this.#again(row, intervalMs, error.details.retryAt);
      else await this.#keeper.fail(row, 'pending', error);
    }
    return true;
  }

  async #ask(row: SignInRow, intervalMs: number): Promise<void> {
    const subject = await this.#keeper.open(row);
    const device = subject.provider.oauth?.device;
    if (device === undefined) throw deviceFlowUnavailable(subject.name);
    const outcome = await device.poll(this.#rows.transaction(row));
    if (outcome.status === 'pending') {
      await this.#again(row, Math.max(intervalMs, outcome.intervalMs));
      return;
    }
    // A code that was typed is not too late, however long it took to hear of it.
    await this.#rows.take(row, 'pending', {
      now: await this.#resources.store.now(),
      dueAt: row.created_at,
    });
    // Whoever started it may have lured somebody else into typing it, so nobody has it without a look at the account.
    await this.#keeper.settle(row, subject, outcome.credential, undefined);
  }

  async #again(row: SignInRow, intervalMs: number, retryAt?: Date): Promise<void> {
    const now = await this.#resources.store.now();
    await this.#rows.pollAgain(row, Math.max(now + intervalMs, retryAt?.getTime() ?? 0), intervalMs);
  }
}
