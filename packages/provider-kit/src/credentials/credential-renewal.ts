import type { CallOptions, Clock, Credential, CredentialSource, OAuthCredential } from '@anyforge/core';
import { abortable } from '../abort.js';
import { systemClock } from '../system-clock.js';
import type { CredentialStore, StoredCredential } from './credential-store.js';
import { isAlive, isDue } from './due.js';
import { isDefinite } from './renewal-errors.js';
import { Renewer } from './renewer.js';

export interface CredentialRenewalOptions {
  /** The plugin's type, named in errors. */
  readonly provider: string;
  readonly store: CredentialStore;
  /**
   * An `OAuthFlow`'s `refresh`: one request, never repeated. It fails with `grant_expired` (or `unauthenticated`) when
   * the forge definitely refuses; any other failure is taken for one that passes.
   */
  readonly refresh: (credential: OAuthCredential, options: CallOptions) => Promise<OAuthCredential>;
  /** The system's by default. */
  readonly clock?: Clock | undefined;
  /** Longest time for one refresh; 20 seconds by default. A claim in the store lasts 40 seconds longer. */
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
  /** Resolves when no renewal is under way: to be waited for before the process ends, or a new pair may be lost. */
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
 * another pair in place of the stored one. The stored one stays and is tried again after a pause: some forges take it
 * for some minutes more. Only the forge's own refusal signs the person out.
 */
export function createCredentialRenewal(options: CredentialRenewalOptions): CredentialRenewal {
  const { clock = systemClock, refreshTimeoutMs = defaultRefreshTimeoutMs } = options;
  const renewer = new Renewer({ ...options, clock, refreshTimeoutMs });
  /** What is under way, by the version that it replaces. */
  const renewals = new Map<string, Promise<OAuthCredential>>();

  const join = (stored: StoredCredential): Promise<OAuthCredential> => {
    const { version } = stored;
    const known = renewals.get(version);
    if (known !== undefined) return known;
    const renewal = renewer.renew(stored).finally(() => renewals.delete(version));
    renewals.set(version, renewal);
    // All who wait for it may have left.
    renewal.catch(() => undefined);
    return renewal;
  };

  return {
    async get({ signal, validForMs = 0 } = {}) {
      const stored = await waitFor(() => renewer.current(), signal);
      // One that is being renewed may die under the caller's hands.
      if (!renewals.has(stored.version) && !isDue(stored, validForMs, clock.now())) return stored.credential;
      try {
        return await waitFor(() => join(stored), signal);
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
      return isRefused ? waitFor(() => join(stored), signal) : stored.credential;
    },

    async settled() {
      while (renewals.size > 0) await Promise.allSettled(renewals.values());
    },
  };
}

function isSame({ accessToken }: OAuthCredential, rejected: Credential): boolean {
  return rejected.kind === 'oauth' && rejected.accessToken === accessToken;
}

/** Begins nothing for a call that was cancelled before. */
async function waitFor<T>(begin: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  signal?.throwIfAborted();
  return signal ? abortable(begin(), signal) : begin();
}
