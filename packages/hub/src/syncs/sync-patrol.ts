import { Repeating } from '../repeating.js';
import type { Resources } from '../resources.js';
import type { JobQueue } from './job-queue.js';
import type { SyncAttempts } from './sync-attempts.js';
import type { SyncRunner } from './sync-runner.js';

export interface SyncPatrolParts {
  readonly resources: Resources;
  readonly runner: Pick<SyncRunner, 'aliveForMs' | 'stayAlive' | 'leave'>;
  readonly attempts: Pick<SyncAttempts, 'recover'>;
  readonly queue: JobQueue;
}

/**
 * Goes on with what others have left: at the start, and where several processes share the database again and again, so
 * that what one was running when it was killed is taken up by another within a minute.
 */
export class SyncPatrol {
  readonly #parts: SyncPatrolParts;
  readonly #rounds: Repeating;

  constructor(parts: SyncPatrolParts) {
    this.#parts = parts;
    const { clock, logger } = parts.resources;
    // What a process leaves is found within the time after which it is taken for dead, and a third of that.
    const everyMs = parts.runner.aliveForMs / 3;
    this.#rounds = new Repeating(
      { clock, logger, everyMs, failure: 'Syncs of other processes could not be looked after.' },
      () => this.#round(),
    );
  }

  /** Resolves when what was left by the processes before is queued. */
  async start(): Promise<void> {
    // Before it looks: what runs here is not for others.
    await this.#parts.runner.stayAlive();
    try {
      await this.#round();
    } catch (error) {
      await this.#parts.runner.leave();
      throw error;
    }
    if (this.#parts.resources.store.shared) this.#rounds.start();
  }

  /** No more rounds. */
  async close(): Promise<void> {
    await this.#rounds.close();
  }

  async #round(): Promise<void> {
    const { resources, attempts, queue } = this.#parts;
    // Where others may wait for a time, only what is overdue was left by them.
    const dueBy = resources.store.shared ? resources.clock.now() : undefined;
    const left = await attempts.recover(dueBy);
    await Promise.all(left.map(({ taskId, notBefore }) => queue.add(taskId, { notBefore })));
  }
}
