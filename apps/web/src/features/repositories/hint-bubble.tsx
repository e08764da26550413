import { Portal } from '@mantine/core';
import type { PointerEvent, ReactNode } from 'react';
import styles from './hint-bubble.module.css';
import type { Hint } from './use-hint.js';

interface HintBubbleProps extends Hint {
  readonly onPointerLeave: (event: PointerEvent) => void;
}

/** Words beside an element, above it where there is room. It goes before the element moves: a list that scrolls hides it. */
export function HintBubble({ element, words, onPointerLeave }: HintBubbleProps): ReactNode {
  const { top, bottom, left, width } = element.getBoundingClientRect();
  const isAbove = top > window.innerHeight / 4;
  const middle = left + width / 2;
  return (
    <Portal>
      <div
        role="tooltip"
        onPointerLeave={onPointerLeave}
        className={styles['bubble']}
        data-above={isAbove || undefined}
        style={{
          top: isAbove ? top : bottom,
          left: `clamp(10.5rem, ${String(middle)}px, calc(100vw - 10.5rem))`,
        }}
      >
        {words}
      </div>
    </Portal>
  );
}
