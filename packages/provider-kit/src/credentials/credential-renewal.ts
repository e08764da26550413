import type { CallOptions, Clock, Credential, CredentialSource, OAuthCredential } from '@anyforge/core';
import { abortable } from '../abort.js';
import { systemClock } from '../system-clock.js';
import { withinMs } from '../within-ms.js';
import type { CredentialStore, StoredCredential } from './credential-store.js';
import { isAlive, isDue } from './due.js';
import { isDefinite, tookTooLong } from './renewal-errors.js';
import { Renewer } from './renewer.js';

export interface CredentialRenewalOptions {
  /** The plugin's type, named in errors. */
  readonly provider: string;
  readonly store: CredentialStore;
  /**
   * An `OAuthFlow`'s `refresh`: one request, never repeated. It fails with `grant_expired` (or `unauthenticated`) when
   * the forge definitely refuses. Any other failure passes; but when no answer of the forge came (`details.status`), and
   * it is not said that nothing was sent (`details.reached`), the old pair may have gone.
   */
  readonly refresh: (credential: OAuthCredential, options: CallOptions) => Promise<OAuthCredential>;
  /**
   * How long the forge goes on taking a refresh token after it has answered to it with another one: for so long it may
   * be sent again when the answer got lost. 0 by default, as most forges end it at once: then it never is. Infinity
   * where it stays the same.
   */
  readonly oldPairLivesMs?: number | undefined;
  /** The system's by default. */
  readonly clock?: Clock | undefined;
  /**
   * Longest time that a caller waits for a renewal; 20 seconds by default. The request goes on for another 25, since
   * its answer may be the only pair that lives, and a claim in the store lasts 40 seconds longer than this.
   */
  readonly refreshTimeoutMs?: number | undefined;
}

/** A source of OAuth credentials that has them renewed, once for all who ask. */
export interface CredentialRenewal extends CredentialSource {
  /**
   * The stored credential, renewed before it is given out when it would expire within `validForMs`, but never in the
   * first half of its life. When that fails in passing, the stored one is given out for as long as it lives.
   *
   * @throws ProviderError `unauthenticated` when the person has to sign in again; any other failure is transient
   */
  get(options?: CallOptions & { readonly validForMs?: number | undefined }): Promise<OAuthCredential>;
  renew(rejected: Credential, options?: CallOptions): Promise<OAuthCredential>;
  /**
   * To be waited for before the process ends, or a new pair may be lost: resolves when no renewal is under way and
   * everything is stored.
   *
   * @throws ProviderError `unavailable` when the store took something not even at the last attempt
   */
  settled(): Promise<void>;
}

const defaultRefreshTimeoutMs = 20_000;

/**
 * Makes the one place that renews a stored OAuth credential. However many callers and processes notice that it has
 * expired, one refresh goes out, and what it gives is stored before anybody uses it.
 *
 * A caller that is cancelled leaves at once with its signal's reason; the renewal goes on for the others. `onEvent` is
 * not told of it, since it belongs to no single call.
 *
 * Where an answer of the forge is lost (a cut connection, a crash before the save), the forge may already have put
 * another pair in place of the stored one. That is sent again only while it lives on (`oldPairLivesMs`); afterwards the
 * person has to sign in again, unless the new pair is stored after all by a process that was only slow.
 *
 * A credential that lives is never held back: while another process renews it, or while renewing fails in passing, the
 * stored one is given out.
 */
export function createCredentialRenewal(options: CredentialRenewalOptions): CredentialRenewal {
  const {
    clock = systemClock,
    refreshTimeoutMs = defaultRefreshTimeoutMs,
    oldPairLivesMs = 0,
    provider,
  } = options;
  const renewer = new Renewer({ ...options, clock, refreshTimeoutMs, oldPairLivesMs });
  /** What is under way, by the version that it replaces. */
  const renewals = new Map<string, RunningRenewal>();

  const begin = (stored: StoredCredential): RunningRenewal => {
    const renewal: RunningRenewal = {
      callers: 0,
      work: renewer.renew(stored, () => renewal.callers > 0).finally(() => renewals.delete(stored.version)),
    };
    renewals.set(stored.version, renewal);
    return renewal;
  };

  const join = async (
    stored: StoredCredential,
    signal: AbortSignal | undefined,
  ): Promise<OAuthCredential> => {
    signal?.throwIfAborted();
    const renewal = renewals.get(stored.version) ?? begin(stored);
    renewal.callers += 1;
    try {
      return await withinMs(clock, refreshTimeoutMs, renewal.work, {
        late: () => {
          throw tookTooLong(provider);
        },
        signal,
      });
    } finally {
      renewal.callers -= 1;
    }
  };

  return {
    kind: 'oauth',

    async get({ signal, validForMs = 0 } = {}) {
      const stored = await waitFor(() => renewer.current(), signal);
      // One that is being renewed may die under the caller's hands.
      if (!renewals.has(stored.version) && !isDue(stored, validForMs, clock.now())) return stored.credential;
      try {
        return await join(stored, signal);
      } catch (error) {
        signal?.throwIfAborted();
        if (isDefinite(error) || !isAlive(stored, clock.now())) throw error;
        return stored.credential;
      }
    },

    async renew(rejected, { signal } = {}) {
      const stored = await waitFor(() => renewer.current(), signal);
      // One that is being renewed is as good as refused.
      const isRefused = isSame(stored.credential, rejected) || renewals.has(stored.version);
      return isRefused ? join(stored, signal) : stored.credential;
    },

    async settled() {
      while (renewals.size > 0) await Promise.allSettled(Array.from(renewals.values(), ({ work }) => work));
      await renewer.settled();
    },
  };
}

interface RunningRenewal {
  readonly work: Promise<OAuthCredential>;
  /** How many wait for it. */
  callers: number;
}

function isSame({ accessToken }: OAuthCredential, rejected: Credential): boolean {
  return rejected.kind === 'oauth' && rejected.accessToken === accessToken;
}

/** Begins nothing for a call that was cancelled before. */
async function waitFor<T>(begin: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  signal?.throwIfAborted();
  return signal ? abortable(begin(), signal) : begin();
}
