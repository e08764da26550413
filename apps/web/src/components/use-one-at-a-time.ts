import { useEffect, useRef } from 'react';

export interface Act {
  readonly isPending: boolean;
  /** Why it has failed. */
  readonly error?: unknown;
}

/**
 * Begins an act, unless one that was begun has not ended. That an act is pending is rendered a moment after it began: the
 * second press of a double click is faster.
 */
export function useOneAtATime({ isPending, error }: Act): (begin: () => void) => void {
  const isBegun = useRef(false);
  useEffect(() => {
    isBegun.current = isPending;
  }, [isPending, error]);
  return (begin) => {
    if (isBegun.current || isPending) return;
    isBegun.current = true;
    begin();
  };
}
