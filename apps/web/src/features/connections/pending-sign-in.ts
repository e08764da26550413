import { tabStorage } from '../../api/tab-storage.js';

const key = 'anyforge.sign-in';

/** Where a tab remembers, also while it is at the forge, which sign-in it waits for. */
export interface PendingSignIn {
  read(): string | undefined;
  remember(signInId: string): void;
  /** Forgets it, unless another is waited for by now. */
  forget(signInId: string): void;
}

/** @param storage of this tab alone; undefined where the browser keeps nothing: then it is remembered until a reload */
export function createPendingSignIn(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined,
): PendingSignIn {
  const read = () => storage?.getItem(key) ?? undefined;
  return {
    read,
    remember: (signInId) => {
      storage?.setItem(key, signInId);
    },
    forget: (signInId) => {
      if (read() === signInId) storage?.removeItem(key);
    },
  };
}

/** Of this tab. */
export function pendingSignInOfTab(): PendingSignIn {
  return createPendingSignIn(tabStorage());
}
