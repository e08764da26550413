import type { CallOptions, Clock, OAuthCredential } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { withinMs } from '../within-ms.js';
import type { CredentialClaim, CredentialStore, StoredCredential } from './credential-store.js';
import { isDefinite, signedOut, signInAgain, storeFailed, toRenewalError } from './renewal-errors.js';

export interface RenewerOptions {
  readonly provider: string;
  readonly store: CredentialStore;
  readonly refresh: (credential: OAuthCredential, options: CallOptions) => Promise<OAuthCredential>;
  readonly clock: Clock;
  readonly refreshTimeoutMs: number;
}

/** What the forge has said about a version and the store does not know yet. */
interface Verdict {
  readonly version: string;
  readonly claim: CredentialClaim;
  readonly outcome: OAuthCredential | ProviderError;
}

/** How often somebody who waits for another process looks whether it is done. */
const pollMs = 300;
const storePatienceMs = 5_000;
/** Before each attempt to store what the forge has said. It is not asked again, so this is worth some patience. */
const savingDelaysMs = [0, 500, 2_000, 5_000] as const;
/** The term goes on this long after the latest end of the request: time enough for all attempts to store its answer. */
const savingMs = 40_000;
/** A refresh does not queue for a rate limit: its term is running. */
const longestLimitWaitMs = 5_000;
const shortestPauseMs = 5_000;
const longestPauseMs = 60_000;

/** Renews versions of one stored credential, each to its end, whoever waits for it. */
export class Renewer {
  readonly #options: RenewerOptions;
  #unsaved: Verdict | undefined;
  #paused: { readonly version: string; readonly until: number; readonly failure: ProviderError } | undefined;

  constructor(options: RenewerOptions) {
    this.#options = options;
  }

  /** @throws ProviderError `unauthenticated` when there is none any more, or the forge refuses to renew it */
  async current(): Promise<StoredCredential> {
    const { store, provider } = this.#options;
    const stored = await this.#ask(() => store.read());
    if (stored === undefined) throw signedOut(provider);
    if (stored.refused === true) throw signInAgain(provider);
    return stored;
  }

  /**
   * Has a version replaced by the forge, once among all who share the store.
   *
   * @returns the credential that stands in the store afterwards
   */
  async renew({ version, credential }: StoredCredential): Promise<OAuthCredential> {
    if (credential.refreshToken === undefined) throw signInAgain(this.#options.provider);
    if (this.#unsaved?.version === version) return this.#settle(this.#unsaved);
    if (this.#paused?.version === version && this.#now() < this.#paused.until) throw this.#paused.failure;

    const won = await this.#claim(version);
    if ('newer' in won) return won.newer;
    const { claim, askedAt } = won;
    const outcome = await this.#refresh(credential, askedAt).catch((error: unknown) => {
      const failure = toRenewalError(this.#options.provider, error);
      if (isDefinite(failure)) return signInAgain(this.#options.provider, failure);
      this.#pause(version, claim, failure);
      throw failure;
    });
    return this.#settle({ version, claim, outcome });
  }

  /** Takes the claim, or waits until whoever holds it is done. */
  async #claim(
    version: string,
  ): Promise<
    { readonly claim: CredentialClaim; readonly askedAt: number } | { readonly newer: OAuthCredential }
  > {
    const { clock, store, refreshTimeoutMs, provider } = this.#options;
    const termMs = refreshTimeoutMs + savingMs;
    const giveUpAt = this.#now() + 2 * termMs;
    for (;;) {
      const askedAt = this.#now();
      const claim = await this.#ask(() => store.claim(version, termMs));
      if (claim !== undefined) return { claim, askedAt };
      const stored = await this.current();
      if (stored.version !== version) return { newer: stored.credential };
      if (this.#now() >= giveUpAt) {
        throw new ProviderError(
          'unavailable',
          'Another process has been renewing the credential for too long.',
          {
            provider,
          },
        );
      }
      await clock.sleep(pollMs);
    }
  }

  /** Asks the forge once. The request ends well within the term, which began after `askedAt`. */
  async #refresh(credential: OAuthCredential, askedAt: number): Promise<OAuthCredential> {
    const { clock, provider, refresh, refreshTimeoutMs } = this.#options;
    const stop = new AbortController();
    const late = (): never => {
      throw new ProviderError('timeout', 'The forge took too long to renew the credential.', { provider });
    };
    const leftMs = askedAt + refreshTimeoutMs - this.#now();
    if (leftMs <= 0) late();
    const work = async (): Promise<OAuthCredential> =>
      refresh(credential, { signal: stop.signal, maxWaitMs: longestLimitWaitMs });
    try {
      return await withinMs(clock, leftMs, work(), { late });
    } finally {
      stop.abort();
    }
  }

  /** Stores what the forge has said; until that is done nobody gets to see it. */
  async #settle(verdict: Verdict): Promise<OAuthCredential> {
    const { claim, outcome } = verdict;
    this.#unsaved = verdict;
    const isStored = await this.#persist(() =>
      outcome instanceof ProviderError ? claim.refuse() : claim.save(outcome),
    );
    this.#unsaved = undefined;
    // Somebody else's change stands: signed in again or out, or renewed after this claim's end.
    if (!isStored) return (await this.current()).credential;
    if (outcome instanceof ProviderError) throw outcome;
    return outcome;
  }

  async #persist(write: () => Promise<boolean>): Promise<boolean> {
    let failure: unknown;
    for (const delayMs of savingDelaysMs) {
      if (delayMs > 0) await this.#options.clock.sleep(delayMs);
      try {
        return await this.#ask(write);
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }

  /** Keeps everybody from asking a forge in trouble again and again: here, and through the store elsewhere. */
  #pause(version: string, claim: CredentialClaim, failure: ProviderError): void {
    const namedMs = (failure.details.retryAt?.getTime() ?? 0) - this.#now();
    const pauseMs = Math.min(Math.max(namedMs, shortestPauseMs), longestPauseMs);
    this.#paused = { version, until: this.#now() + pauseMs, failure };
    // Without this the claim ends with its term.
    claim.release(pauseMs).catch(() => undefined);
  }

  async #ask<T>(question: () => Promise<T>): Promise<T> {
    const { clock, provider } = this.#options;
    try {
      // A store that throws rather than rejects is caught as well.
      return await withinMs(clock, storePatienceMs, question(), {
        late: () => {
          throw new Error(`The store did not answer for ${storePatienceMs} ms.`);
        },
      });
    } catch (error) {
      throw storeFailed(provider, error);
    }
  }

  #now(): number {
    return this.#options.clock.now().getTime();
  }
}
