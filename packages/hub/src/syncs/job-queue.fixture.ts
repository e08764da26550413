import { gate } from '../testing/test-hub.js';
import type { JobWork } from './job-queue.js';

/** Work on jobs that goes on until a test ends it, or it is aborted. */
export class HeldWork {
  /** In the order in which they began. */
  readonly started: string[] = [];
  readonly aborted: string[] = [];
  /** How many ran at the same time at most. */
  peak = 0;
  readonly #gates = new Map<string, ReturnType<typeof gate>>();
  readonly #waiting: (() => void)[] = [];

  readonly work: JobWork = async (jobId, signal) => {
    const held = gate();
    this.#gates.set(jobId, held);
    this.started.push(jobId);
    this.peak = Math.max(this.peak, this.#gates.size);
    for (const wake of this.#waiting.splice(0)) wake();
    signal.addEventListener('abort', () => {
      this.aborted.push(jobId);
      held.open();
    });
    await held.opened;
    this.#gates.delete(jobId);
  };

  /** Resolves when so many have been started in all. */
  async begun(count: number): Promise<readonly string[]> {
    while (this.started.length < count) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    return [...this.started];
  }

  end(jobId: string): void {
    const held = this.#gates.get(jobId);
    if (held === undefined) throw new Error(`${jobId} does not run.`);
    held.open();
  }
}
