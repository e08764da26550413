import type { RefObject } from 'react';
import { useLayoutEffect, useState } from 'react';

/** How far an element is from the top of the document, in pixels; follows what stands above it. */
export function useDocumentOffset(element: RefObject<HTMLElement | null>): number {
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    const measure = (): void => {
      const top = element.current?.getBoundingClientRect().top;
      if (top !== undefined) setOffset(Math.round(top + window.scrollY));
    };
    measure();
    // What stands above can only push it down by making the document as a whole longer.
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => {
      observer.disconnect();
    };
  }, [element]);
  return offset;
}
