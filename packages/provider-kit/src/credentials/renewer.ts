import type { CallOptions, Clock, OAuthCredential } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { withinMs } from '../within-ms.js';
import { askStore } from './ask-store.js';
import type { ClaimAnswer, CredentialClaim, CredentialStore, StoredCredential } from './credential-store.js';
import {
  isDefinite,
  outcomeOf,
  paused,
  signedOut,
  signInAgain,
  tookTooLong,
  toRenewalError,
} from './renewal-errors.js';
import type { Verdict } from './verdict-keeper.js';
import { VerdictKeeper } from './verdict-keeper.js';

export interface RenewerOptions {
  readonly provider: string;
  readonly store: CredentialStore;
  readonly refresh: (credential: OAuthCredential, options: CallOptions) => Promise<OAuthCredential>;
  readonly clock: Clock;
  readonly refreshTimeoutMs: number;
  readonly oldPairLivesMs: number;
}

/** How often somebody who waits for another process looks whether it is done. */
const pollMs = 300;
/** How much longer a request may take than callers wait for it: what it brings is worth more than their patience. */
const lateMs = 25_000;
/** The term goes on this long after the latest end of the request, so that its answer can be stored. */
const savingMs = 15_000;
/** A refresh does not queue for a rate limit: its term is running. */
const longestLimitWaitMs = 5_000;
const shortestPauseMs = 5_000;
/** Somebody has to change the settings of the client first. */
const rejectedClientPauseMs = 120_000;
const longestPauseMs = 600_000;

interface Won {
  readonly claim: CredentialClaim;
  /** The claim's term began later. */
  readonly askedAt: number;
}

/** Renews versions of one stored credential, each to its end, whoever waits for it. */
export class Renewer {
  readonly #options: RenewerOptions;
  readonly #verdicts: VerdictKeeper;
  /** The latest failure that may pass, and how long the pause after it was. */
  #failed:
    { readonly version: string; readonly failure: ProviderError; readonly pauseMs: number } | undefined;

  constructor(options: RenewerOptions) {
    this.#options = options;
    this.#verdicts = new VerdictKeeper(options);
  }

  /** @throws ProviderError `unauthenticated` when there is none any more, or it cannot be renewed */
  async current(): Promise<StoredCredential> {
    const { store, provider } = this.#options;
    const stored = await askStore(this.#options, () => store.read());
    if (stored === undefined) throw signedOut(provider);
    if (stored.refused === true) throw signInAgain(provider);
    return stored;
  }

  /**
   * Has a version replaced by the forge, once among all who share the store.
   *
   * @param isWanted whether anybody still waits; only the waiting for another process depends on it
   * @returns the credential that stands in the store afterwards
   */
  async renew(stored: StoredCredential, isWanted: () => boolean): Promise<OAuthCredential> {
    const { version, credential } = stored;
    if (credential.refreshToken === undefined) throw signInAgain(this.#options.provider);
    const unsaved = this.#verdicts.unsavedOf(version);
    if (unsaved !== undefined) return this.#settle(unsaved);
    const won = await this.#claim(version, isWanted);
    return 'newer' in won ? won.newer : this.#settle(await this.#judge(stored, won));
  }

  /** @throws ProviderError when something could not be stored and would be lost */
  settled(): Promise<void> {
    return this.#verdicts.settled();
  }

  /** Takes the claim, or waits until whoever holds it is done. */
  async #claim(version: string, isWanted: () => boolean): Promise<Won | { readonly newer: OAuthCredential }> {
    const { clock, provider } = this.#options;
    for (;;) {
      const askedAt = this.#now();
      const answer = await this.#take(version);
      if (answer.status === 'claimed') return { claim: answer, askedAt };
      if (answer.status === 'paused') {
        throw this.#failed?.version === version
          ? this.#failed.failure
          : paused(provider, new Date(this.#now() + answer.pauseMs));
      }
      if (answer.status === 'ended') {
        const stored = await this.current();
        if (stored.version !== version) return { newer: stored.credential };
      }
      await clock.sleep(pollMs);
      if (!isWanted()) throw tookTooLong(provider);
    }
  }

  async #take(version: string): Promise<ClaimAnswer> {
    const { store, refreshTimeoutMs } = this.#options;
    const take = async (): Promise<ClaimAnswer> => store.claim(version, refreshTimeoutMs + lateMs + savingMs);
    const taken = take();
    try {
      return await askStore(this.#options, () => taken);
    } catch (error) {
      // One that is given after all would keep everybody away, and in the end pass for a request without an answer.
      taken
        .then((late) => (late.status === 'claimed' ? late.release(0, 'not-processed') : undefined))
        .catch(() => undefined);
      throw error;
    }
  }

  /** Asks the forge, unless nobody knows what it has made of this version before. */
  async #judge({ version, credential }: StoredCredential, { claim, askedAt }: Won): Promise<Verdict> {
    const { provider, oldPairLivesMs } = this.#options;
    const refused = (cause?: ProviderError): Verdict => ({
      version,
      outcome: signInAgain(provider, cause),
      write: () => claim.refuse(),
    });
    if (claim.unansweredMs !== undefined && claim.unansweredMs >= oldPairLivesMs) return refused();
    try {
      const renewed = await this.#refresh(credential, askedAt);
      return { version, outcome: renewed, write: () => claim.save(renewed) };
    } catch (error) {
      const failure = toRenewalError(provider, error);
      if (isDefinite(failure)) return refused(failure);
      const pauseMs = this.#pauseAfter(version, failure);
      const release = async (): Promise<boolean> => {
        await claim.release(pauseMs, outcomeOf(failure));
        return true;
      };
      return { version, outcome: failure, write: release };
    }
  }

  /** Asks the forge once. The request ends well within the term, which began after `askedAt`. */
  async #refresh(credential: OAuthCredential, askedAt: number): Promise<OAuthCredential> {
    const { clock, provider, refresh, refreshTimeoutMs } = this.#options;
    const leftMs = askedAt + refreshTimeoutMs + lateMs - this.#now();
    if (leftMs <= 0) throw tookTooLong(provider, { reached: false });
    const stop = new AbortController();
    const work = async (): Promise<OAuthCredential> =>
      refresh(credential, { signal: stop.signal, maxWaitMs: longestLimitWaitMs });
    try {
      return await withinMs(clock, leftMs, work(), {
        late: () => {
          throw tookTooLong(provider);
        },
      });
    } finally {
      stop.abort();
    }
  }

  /** Stores what came of a claim; until that is done nobody gets to see it. */
  async #settle(verdict: Verdict): Promise<OAuthCredential> {
    const isStored = await this.#verdicts.save(verdict);
    // Somebody else's change stands: signed in again or out, or renewed after this claim's end.
    if (!isStored) return (await this.current()).credential;
    const { outcome } = verdict;
    if (ProviderError.is(outcome)) throw outcome;
    return outcome;
  }

  /** Keeps everybody, through the store, from asking a forge in trouble again and again: longer each time. */
  #pauseAfter(version: string, failure: ProviderError): number {
    const before = this.#failed?.version === version ? this.#failed.pauseMs : 0;
    const shortest = failure.kind === 'client_rejected' ? rejectedClientPauseMs : shortestPauseMs;
    const namedMs = (failure.details.retryAt?.getTime() ?? 0) - this.#now();
    const pauseMs = Math.min(Math.max(shortest, 2 * before, namedMs), longestPauseMs);
    this.#failed = { version, failure, pauseMs };
    return pauseMs;
  }

  #now(): number {
    return this.#options.clock.now().getTime();
  }
}
