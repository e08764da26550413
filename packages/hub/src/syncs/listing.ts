import type { CallOptions, GitSession, Omission } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { Resources } from '../resources.js';
import { untilAborted } from '../until-aborted.js';
import type { ListingCheck } from './drift-check.js';
import { mergeOmissions } from './merge-omissions.js';
import { writePipelined } from './page-pipeline.js';
import type { SyncAttempt } from './sync-attempt.js';
import { passesAtMost } from './sync-attempt.js';
import type { SyncTasks } from './sync-tasks.js';

export interface ListingParts {
  readonly resources: Pick<Resources, 'clock'>;
  readonly tasks: SyncTasks;
  readonly check: ListingCheck;
  /** A longer wait for a rate limit gives the worker back meanwhile. */
  readonly maxWaitMs: number;
}

/**
 * One attempt's listing of all repositories into its generation: once, and again for as long as what it lacks may have
 * slipped through it. What a further pass finds is added, and nothing is removed.
 */
export class Listing {
  readonly #parts: ListingParts;
  readonly #session: GitSession;
  readonly #signal: AbortSignal;
  #attempt: SyncAttempt;
  #omitted: readonly Omission[];
  #pages = 0;
  #isAhead = false;

  constructor(parts: ListingParts, session: GitSession, attempt: SyncAttempt, signal: AbortSignal) {
    this.#parts = parts;
    this.#session = session;
    this.#attempt = attempt;
    this.#omitted = attempt.omitted;
    this.#signal = signal;
  }

  /** The one that writes it: in a new generation where the listing had to start over. */
  get attempt(): SyncAttempt {
    return this.#attempt;
  }

  /** What was left out. */
  get omitted(): readonly Omission[] {
    return this.#omitted;
  }

  /** Whether another attempt would go on further ahead than this one began. */
  get isAhead(): boolean {
    return this.#isAhead;
  }

  /**
   * Resolves when all is listed.
   *
   * @throws SupersededError; ProviderError why the forge does not tell, `unavailable` when the list keeps changing.
   */
  async run(): Promise<void> {
    const { tasks, check } = this.#parts;
    if (!this.#attempt.isListed) await this.#firstPass();
    for (;;) {
      await this.#proveShrunk();
      // Nothing has moved under the last two passes, so that nothing has slipped through them.
      if (this.#attempt.pass > 1 && (await tasks.agreesWithPassBefore(this.#attempt))) return;
      const { isSure, omitted } = await check.confirm({
        attempt: this.#attempt,
        session: this.#session,
        omitted: this.#omitted,
        calls: this.#calls,
      });
      this.#omitted = omitted;
      if (isSure) return;
      if (this.#attempt.pass >= passesAtMost) {
        // The next attempt begins anew, however far this one has come.
        this.#isAhead = false;
        throw this.#keptChanging();
      }
      this.#attempt = await tasks.beginPass(this.#attempt, this.#omitted);
      await this.#pass();
    }
  }

  async #firstPass(): Promise<void> {
    try {
      await this.#pass();
    } catch (error) {
      if (this.#attempt.resume === undefined || this.#pages > 0 || !isRefusedResume(error)) throw error;
      this.#attempt = await this.#parts.tasks.startOver(this.#attempt);
      this.#omitted = [];
      await this.#pass();
    }
  }

  async #pass(): Promise<void> {
    const { resources, tasks } = this.#parts;
    const { selection, resume } = this.#attempt;
    let waitedSince = resources.clock.now();
    const listing = this.#session.repositories({ ...selection, resume }, this.#calls);
    await writePipelined({
      pages: listing.pages(),
      receive: (page) => {
        this.#omitted = mergeOmissions(this.#omitted, page.omitted);
        const listed = { page, askedAt: page.askedAt ?? waitedSince, omitted: this.#omitted };
        waitedSince = resources.clock.now();
        this.#pages += 1;
        return listed;
      },
      sizeOf: ({ page }) => page.items.length,
      write: async (pages) => {
        await tasks.writePages(this.#attempt, pages);
        this.#isAhead ||= pages.some(({ page }) => page.resume !== undefined);
      },
      signal: this.#signal,
    });
  }

  /** A listing that has lost more than half is believed only when the forge still knows who is asking. */
  async #proveShrunk(): Promise<void> {
    const { tasks } = this.#parts;
    const { former, found } = await tasks.compareWithFormer(this.#attempt);
    if (found * 2 >= former) return;
    const { account } = await untilAborted(this.#session.identity(this.#calls), this.#signal);
    if (account.id === (await tasks.verifiedAs(this.#attempt))) return;
    throw new ProviderError(
      'unauthenticated',
      `This sign-in now belongs to another account, ${account.username}.`,
      { provider: this.#attempt.providerType, repair: { text: 'Sign in again.' } },
    );
  }

  #keptChanging(): ProviderError {
    return new ProviderError(
      'unavailable',
      'The list kept changing while it was read; the last complete list stays.',
      { provider: this.#attempt.providerType, repair: { text: 'Start a sync to try again.' } },
    );
  }

  get #calls(): CallOptions & { readonly signal: AbortSignal } {
    return { signal: this.#signal, maxWaitMs: this.#parts.maxWaitMs, background: true };
  }
}

function isRefusedResume(error: unknown): boolean {
  return ProviderError.is(error) && (error.kind === 'invalid_request' || error.kind === 'not_found');
}
