import type { Clock, OAuthCredential } from '@anyforge/core';
import { systemClock } from '../system-clock.js';
import type { CredentialStore, RefreshOutcome, StoredCredential } from './credential-store.js';

export interface MemoryCredentialStoreOptions {
  readonly credential: OAuthCredential;
  /** The system's by default. */
  readonly clock?: Pick<Clock, 'now'> | undefined;
  /** Told, and waited for, before a renewed credential counts as stored. When it fails, so does the saving. */
  readonly onSave?: ((credential: OAuthCredential) => void | Promise<void>) | undefined;
}

export interface MemoryCredentialStore extends CredentialStore {
  /** The person has signed in again, or out. */
  replace(credential: OAuthCredential | undefined): void;
}

/** Nobody may claim the current version before `until`: somebody holds it, or it rests. */
interface Lock {
  readonly holder?: object;
  readonly until: number;
}

/** A store for one process. It shows nothing when inspected. */
export function createMemoryCredentialStore(options: MemoryCredentialStoreOptions): MemoryCredentialStore {
  const { clock = systemClock, onSave } = options;
  const now = (): number => clock.now().getTime();
  let changes = 0;
  let stored: StoredCredential | undefined;
  let lock: Lock | undefined;
  /** When the first claim on the current version was given that nobody has answered for. */
  let askedAt: number | undefined;
  let saving: Promise<unknown> = Promise.resolve();

  const put = (entry: Omit<StoredCredential, 'version'> | undefined): void => {
    changes += 1;
    stored = entry && { ...entry, version: String(changes) };
    lock = undefined;
    askedAt = undefined;
  };
  /** One after the other, or two who wait for `onSave` could both take the same version for the current one. */
  const save = (version: string, credential: OAuthCredential): Promise<boolean> => {
    const saved = saving.then(async () => {
      if (stored?.version !== version) return false;
      await onSave?.(credential);
      // Whoever signed in again or out while that took its time has the last word.
      if (stored.version !== version) return false;
      put({ credential, since: clock.now() });
      return true;
    });
    saving = saved.catch(() => undefined);
    return saved;
  };

  put({ credential: options.credential });
  return {
    replace(credential) {
      put(credential && { credential });
    },
    read: () => Promise.resolve(stored),
    claim(version, termMs) {
      if (stored?.version !== version || stored.refused === true)
        return Promise.resolve({ status: 'ended' as const });
      const leftMs = (lock?.until ?? 0) - now();
      if (leftMs > 0) {
        return Promise.resolve(
          lock?.holder ? { status: 'held' as const } : { status: 'paused' as const, pauseMs: leftMs },
        );
      }
      const holder = {};
      const askedBefore = askedAt;
      lock = { holder, until: now() + termMs };
      askedAt ??= now();
      return Promise.resolve({
        status: 'claimed' as const,
        unansweredMs: askedBefore === undefined ? undefined : now() - askedBefore,
        save: (renewed: OAuthCredential) => save(version, renewed),
        refuse: () => {
          if (stored?.version !== version) return Promise.resolve(false);
          stored = { ...stored, refused: true };
          return Promise.resolve(true);
        },
        release: (pauseMs: number, outcome: RefreshOutcome) => {
          if (lock?.holder === holder) {
            lock = { until: now() + pauseMs };
            if (outcome === 'not-processed') askedAt = askedBefore;
          }
          return Promise.resolve();
        },
      });
    },
  };
}
