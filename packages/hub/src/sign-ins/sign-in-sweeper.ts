import { Repeating } from '../repeating.js';
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
  readonly #repeating: Repeating;

  constructor(resources: Resources, rows: SignInRows, keeper: SignInKeeper) {
    const { clock, logger } = resources;
    const failure = 'Sign-ins that took too long could not be ended.';
    this.#resources = resources;
    this.#rows = rows;
    this.#keeper = keeper;
    this.#repeating = new Repeating({ clock, logger, everyMs, failure }, () => this.sweep());
  }

  start(): void {
    this.#repeating.start();
  }

  close(): Promise<void> {
    return this.#repeating.close();
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
}
