import { describeFault } from '../describe-fault.js';
import { Repeating } from '../repeating.js';
import type { Resources } from '../resources.js';
import type { Chore } from './chore.js';
import type { ChoreClaim } from './chore-claims.js';
import { ChoreClaims } from './chore-claims.js';

/** How often it is looked what is due. */
const everyMs = 60_000;
/** A chore that has failed is tried again after this, or after its own time where that is shorter. */
const retryMs = 10 * 60_000;
const longestPauseMs = 1_000;

/**
 * Does chores when they are due, whichever process comes first, each beside the others. After a batch it pauses for as
 * long as the batch took, a second at most, so that those who are waited for have their turn.
 */
export class Housekeeping {
  readonly #resources: Resources;
  readonly #chores: readonly Chore[];
  readonly #claims: ChoreClaims;
  readonly #rounds: Repeating;
  readonly #stop = new AbortController();
  readonly #running = new Map<Chore, Promise<void>>();

  constructor(resources: Resources, chores: readonly Chore[]) {
    this.#resources = resources;
    this.#chores = chores;
    this.#claims = new ChoreClaims(resources);
    const { clock, logger } = resources;
    this.#rounds = new Repeating(
      { clock, logger, everyMs, failure: 'Housekeeping could not be begun.' },
      () => {
        this.#begin();
        return Promise.resolve();
      },
    );
  }

  start(): void {
    this.#rounds.start();
  }

  /** Does what is due now. Resolves when it is done. */
  async round(): Promise<void> {
    this.#begin();
    await Promise.all(this.#running.values());
  }

  /** Stops after the batches under way; the rest is for another process, or the next start. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#rounds.close();
    await Promise.all(this.#running.values());
  }

  #begin(): void {
    for (const chore of this.#chores) {
      // One that takes longer than a round holds up no other.
      if (this.#running.has(chore) || this.#stop.signal.aborted) continue;
      const done = this.#claimAndDo(chore).finally(() => this.#running.delete(chore));
      this.#running.set(chore, done);
    }
  }

  /** Never rejects. */
  async #claimAndDo(chore: Chore): Promise<void> {
    try {
      const claim = await this.#claims.claim(chore.name, chore.everyMs);
      if (claim === undefined) return;
      const isDone = await this.#do(chore, claim).catch(async (error: unknown) => {
        await claim.release(Math.min(chore.everyMs, retryMs));
        throw error;
      });
      await claim.release(isDone ? chore.everyMs : 0);
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      this.#resources.logger.warn({ error: describeFault(error) }, chore.failure);
    }
  }

  /** Says whether it is done: otherwise it was stopped, or somebody else is at it. */
  async #do(chore: Chore, claim: ChoreClaim): Promise<boolean> {
    const { clock } = this.#resources;
    const { signal } = this.#stop;
    let beganAt = clock.now().getTime();
    for await (const _ of chore.batches(signal)) {
      const tookMs = clock.now().getTime() - beganAt;
      if (tookMs > 0) await clock.sleep(Math.min(tookMs, longestPauseMs), signal).catch(() => undefined);
      if (signal.aborted || !(await claim.keep())) return false;
      beganAt = clock.now().getTime();
    }
    return true;
  }
}
