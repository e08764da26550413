import type { Virtualizer } from '@tanstack/react-virtual';
import type { FocusEvent, KeyboardEvent, RefObject } from 'react';
import { useLayoutEffect, useRef, useState } from 'react';
import { rowAfterKey } from './row-after-key.js';
import { rowOf } from './row-data.js';

interface RowFocus {
  /** The row that has the focus. */
  readonly focused: number | undefined;
  readonly focusRow: (index: number) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
  readonly onBlur: (event: FocusEvent<HTMLElement>) => void;
}

/**
 * Moves the focus between rows of which most do not exist: with arrows, Page Up and Down, Home and End. The Tab key goes
 * through the controls of one row, and then out of the list.
 */
export function useRowFocus(
  body: RefObject<HTMLElement | null>,
  virtualizer: Virtualizer<Window, Element>,
): RowFocus {
  const [focused, setFocused] = useState<number>();
  const wanted = useRef<{ readonly index: number; readonly from: Element | null }>(undefined);

  useLayoutEffect(() => {
    if (wanted.current === undefined) return;
    const { index, from } = wanted.current;
    const { activeElement } = document;
    const stayed = activeElement === from || activeElement === document.body;
    const link = body.current?.querySelector<HTMLElement>(`[data-index="${index}"] a`);
    if (!stayed && body.current?.contains(activeElement) !== true) {
      // Somebody has gone elsewhere while the row was on its way.
      wanted.current = undefined;
    } else if (link instanceof HTMLElement) {
      wanted.current = undefined;
      link.focus({ preventScroll: true });
    }
  });

  const focusRow = (index: number): void => {
    wanted.current = { index, from: document.activeElement };
    setFocused(index);
    virtualizer.scrollToIndex(index, { align: 'auto' });
  };

  return {
    focused,
    focusRow,
    onKeyDown: (event) => {
      const from = rowOf(event);
      if (from === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      const rowsOnScreen = (virtualizer.range?.endIndex ?? 0) - (virtualizer.range?.startIndex ?? 0);
      const index = rowAfterKey(event.key, { from, rowsOnScreen, count: virtualizer.options.count });
      if (index === undefined) return;
      event.preventDefault();
      focusRow(index);
    },
    onFocus: (event) => {
      const index = rowOf(event);
      if (index !== undefined) setFocused(index);
    },
    onBlur: (event) => {
      if (!event.currentTarget.contains(event.relatedTarget)) setFocused(undefined);
    },
  };
}
