import type { Clock, OAuthCredential } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { askStore } from './ask-store.js';

/** What came of a claim. */
export interface Verdict {
  readonly version: string;
  readonly outcome: OAuthCredential | ProviderError;
  /** Tells the store. @returns false when somebody else's change stands */
  readonly write: () => Promise<boolean>;
}

export interface VerdictKeeperOptions {
  readonly provider: string;
  readonly clock: Clock;
}

/** Before each attempt that a caller waits for. */
const firstDelaysMs = [0, 500, 2_000, 5_000] as const;
const shortestGapMs = 5_000;
const longestGapMs = 30_000;

/**
 * Brings what came of a claim to the store, which may be out of order just then. It cannot be had again, so that this
 * goes on until it succeeds: a new pair may be the only one that lives.
 */
export class VerdictKeeper {
  readonly #options: VerdictKeeperOptions;
  #unsaved: Verdict | undefined;
  #retries: { readonly verdict: Verdict; readonly stop: AbortController } | undefined;

  constructor(options: VerdictKeeperOptions) {
    this.#options = options;
  }

  /** What the store does not know yet. */
  unsavedOf(version: string): Verdict | undefined {
    return this.#unsaved?.version === version ? this.#unsaved : undefined;
  }

  /**
   * @returns as the verdict's `write` does
   * @throws ProviderError after a few attempts; others follow, whoever waits for them
   */
  async save(verdict: Verdict): Promise<boolean> {
    this.#unsaved = verdict;
    let failure: unknown;
    for (const delayMs of firstDelaysMs) {
      if (delayMs > 0) await this.#options.clock.sleep(delayMs);
      try {
        return await this.#attempt(verdict);
      } catch (error) {
        failure = error;
      }
    }
    this.#goOn(verdict);
    throw failure;
  }

  /**
   * Tries a last time, and no more afterwards unless somebody asks.
   *
   * @throws ProviderError `unavailable` when something is left that would be lost with the process
   */
  async settled(): Promise<void> {
    if (this.#unsaved === undefined) return;
    this.#retries?.stop.abort();
    try {
      await this.#attempt(this.#unsaved);
    } catch (cause) {
      throw new ProviderError(
        'unavailable',
        'What the forge said to the last renewal could not be stored: if it gave a new credential, that is lost when ' +
          'the process ends.',
        { provider: this.#options.provider, cause },
      );
    }
  }

  async #attempt(verdict: Verdict): Promise<boolean> {
    const isStored = await askStore(this.#options, verdict.write);
    if (this.#unsaved === verdict) this.#unsaved = undefined;
    return isStored;
  }

  #goOn(verdict: Verdict): void {
    if (this.#unsaved !== verdict || this.#retries?.verdict === verdict) return;
    const retries = { verdict, stop: new AbortController() };
    this.#retries = retries;
    const end = (): void => {
      if (this.#retries === retries) this.#retries = undefined;
    };
    this.#retry(verdict, retries.stop.signal).then(end, end);
  }

  async #retry(verdict: Verdict, signal: AbortSignal): Promise<void> {
    for (let gapMs = shortestGapMs; this.#unsaved === verdict; gapMs = Math.min(2 * gapMs, longestGapMs)) {
      await this.#options.clock.sleep(gapMs, signal);
      if (this.#unsaved === verdict) await this.#attempt(verdict).catch(() => undefined);
    }
  }
}
