import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useSessionKeeper } from '../api/use-session.js';

/** Stands in for the dialog where it cannot be loaded: what waits for it fails, and says so where it is. */
export function DeclinedSignIn(): ReactNode {
  const keeper = useSessionKeeper();
  useEffect(() => {
    keeper.decline();
  }, [keeper]);
  return null;
}
