import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';

/**
 * Keeps the focus among some buttons when the one that was used gives way to another.
 *
 * @param shown tells which buttons there are
 */
export function useKeptFocus<Element extends HTMLElement>(
  shown: string,
): { readonly container: RefObject<Element | null>; readonly onUse: () => void } {
  const container = useRef<Element>(null);
  const wasUsed = useRef(false);
  const before = useRef(shown);
  useEffect(() => {
    if (before.current === shown) return;
    before.current = shown;
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (wasUsed.current && isLost) container.current?.querySelector('button')?.focus();
    wasUsed.current = false;
  }, [shown]);
  return {
    container,
    onUse: () => {
      wasUsed.current = true;
    },
  };
}
