import { HubError } from '../errors.js';

/** How many tests one person may have run at a time. */
const atOnce = 2;

/** Counts the tests that run, so that nobody makes a port scanner of the server, and ends them when it stops. */
export class RunningTests {
  readonly #byPerson = new Map<string, number>();
  readonly #stopping = new AbortController();

  /** Aborted when the server stops. */
  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /**
   * Lets one more begin. The caller ends it.
   *
   * @throws HubError `too_many_tests` · `closed`.
   */
  begin(personId: string): { end(): void } {
    if (this.#stopping.signal.aborted) throw HubError.closed();
    const running = this.#byPerson.get(personId) ?? 0;
    if (running >= atOnce) {
      throw new HubError(
        'too_many_tests',
        `You have ${String(running)} tests running. Wait until one of them has ended, or stop it.`,
      );
    }
    this.#byPerson.set(personId, running + 1);
    let isRunning = true;
    return {
      end: () => {
        if (!isRunning) return;
        isRunning = false;
        const left = (this.#byPerson.get(personId) ?? 1) - 1;
        if (left === 0) this.#byPerson.delete(personId);
        else this.#byPerson.set(personId, left);
      },
    };
  }

  stop(): void {
    this.#stopping.abort(HubError.closed());
  }
}
