import type { Clock, OAuthCredential } from '@anyforge/core';
import { systemClock } from '../system-clock.js';
import type { CredentialStore, StoredCredential } from './credential-store.js';

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

/** A store for one process. It shows nothing when inspected. */
export function createMemoryCredentialStore(options: MemoryCredentialStoreOptions): MemoryCredentialStore {
  const { clock = systemClock, onSave } = options;
  let changes = 0;
  let stored: StoredCredential | undefined;
  let claimed: { readonly version: string; readonly by: object; until: number } | undefined;
  let saving: Promise<unknown> = Promise.resolve();

  const put = (entry: Omit<StoredCredential, 'version'> | undefined): void => {
    changes += 1;
    stored = entry && { ...entry, version: String(changes) };
  };
  /** One after the other, or two who wait for `onSave` could both take the same version for the current one. */
  const swap = (version: string, entry: Omit<StoredCredential, 'version'>): Promise<boolean> => {
    const swapped = saving.then(async () => {
      if (stored?.version !== version) return false;
      if (entry.refused !== true) await onSave?.(entry.credential);
      // Whoever signed in again or out while that took its time has the last word.
      if (stored.version !== version) return false;
      put(entry);
      return true;
    });
    saving = swapped.catch(() => undefined);
    return swapped;
  };

  put({ credential: options.credential });
  return {
    replace(credential) {
      put(credential && { credential });
    },
    read: () => Promise.resolve(stored),
    claim(version, termMs) {
      const now = clock.now().getTime();
      const isHeld = claimed?.version === version && claimed.until > now;
      if (isHeld || stored?.version !== version) return Promise.resolve(undefined);
      const { credential } = stored;
      const by = {};
      claimed = { version, by, until: now + termMs };
      return Promise.resolve({
        save: (renewed) => swap(version, { credential: renewed, since: clock.now() }),
        refuse: () => swap(version, { credential, refused: true }),
        release(pauseMs) {
          if (claimed?.by === by) claimed.until = clock.now().getTime() + pauseMs;
          return Promise.resolve();
        },
      });
    },
  };
}
