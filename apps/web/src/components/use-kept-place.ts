import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';

/**
 * Where the focus goes when an element of a list is gone, and with it the button that had it.
 *
 * @param count how many there are; undefined: that is not known yet
 */
export function useKeptPlace<Target extends HTMLElement>(
  count: number | undefined,
): RefObject<Target | null> {
  const target = useRef<Target>(null);
  const before = useRef(count);
  useEffect(() => {
    const isFewer = before.current !== undefined && count !== undefined && count < before.current;
    before.current = count;
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (isFewer && isLost) target.current?.focus();
  }, [count]);
  return target;
}
