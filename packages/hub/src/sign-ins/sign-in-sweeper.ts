import type { Resources } from '../resources.js';
import type { SignInRow } from '../store/rows/sign-ins.js';
import { signInError } from './sign-in-failures.js';
import type { SignInKeeper } from './sign-in-keeper.js';
import type { SignInRows } from './sign-in-rows.js';

const everyMs = 60_000;
/** How long people can look up what became of a sign-in. */
const keptMs = 24 * 3_600_000;

/** Ends what took too long, so that nothing that a forge gave is kept for nobody; forgets what ended long ago. */
export class SignInSweeper {
  readonly #resources: Resources;
  readonly #rows: SignInRows;
  readonly #keeper: SignInKeeper;
  readonly #closing = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(resources: Resources, rows: SignInRows, keeper: SignInKeeper) {
    this.#resources = resources;
    this.#rows = rows;
    this.#keeper = keeper;
  }

  start(): void {
    this.#running = this.#run();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  async sweep(): Promise<void> {
    const now = await this.#resources.store.now();
    for (const row of await this.#rows.overdue(now)) await this.end(row);
    await this.#rows.forget(now - keptMs);
  }

  /** Ends one that took too long. */
  async end(row: SignInRow): Promise<void> {
    const why = row.state === 'finishing' ? 'sign_in_interrupted' : 'sign_in_expired';
    if (await this.#keeper.fail(row, row.state, signInError(why))) await this.#keeper.endHeld(row);
  }

  async #run(): Promise<void> {
    const { clock, logger } = this.#resources;
    const { signal } = this.#closing;
    while (!signal.aborted) {
      await this.sweep().catch((error: unknown) => {
        logger.warn({ error: String(error) }, 'Sign-ins that took too long could not be ended.');
      });
      await clock.sleep(everyMs, signal).catch(() => undefined);
    }
  }
}
