import { describeFault } from '../describe-fault.js';
import { Repeating } from '../repeating.js';
import type { Resources } from '../resources.js';
import type { RunningAttempts } from './running-attempts.js';
import type { SyncChanges } from './sync-changes.js';

/** With what it varies by, and the time to look, within a second. */
const everyMs = 600;

/**
 * Stops requests in flight of attempts that have lost their right to write: at once when that happens here or another
 * process tells of it, within a second when nothing is heard.
 */
export class AttemptWatch {
  readonly #resources: Resources;
  readonly #running: RunningAttempts;
  readonly #changes: SyncChanges;
  readonly #rounds: Repeating;

  constructor(resources: Resources, running: RunningAttempts, changes: SyncChanges) {
    this.#resources = resources;
    this.#running = running;
    this.#changes = changes;
    const { clock, logger } = resources;
    this.#rounds = new Repeating(
      { clock, logger, everyMs, failure: 'It could not be looked up which syncs were stopped elsewhere.' },
      () => this.#running.abortStopped(),
    );
  }

  start(): void {
    this.#changes.follow({ stopped: (taskIds) => this.look(taskIds) });
    if (this.#resources.store.shared) this.#rounds.start();
  }

  /** Looks after these tasks now, as far as they run here. Never rejects. */
  async look(taskIds: readonly string[]): Promise<void> {
    try {
      await this.#running.abortStopped(taskIds);
    } catch (error) {
      // The next look, or the fence before the next write, stops them.
      this.#resources.logger.warn(
        { error: describeFault(error) },
        'Syncs that were stopped could not be looked up.',
      );
    }
  }

  async close(): Promise<void> {
    await this.#rounds.close();
  }
}
