import type { FocusEvent, PointerEvent, ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { HintBubble } from './hint-bubble.js';

export interface Hint {
  readonly element: HTMLElement;
  readonly words: string;
}

/**
 * One tooltip for all that carries `data-hint` within an element, as what is looked at or has the focus. The pointer may
 * go on to its words, and Escape hides them wherever the focus is.
 */
export function useHint(): {
  readonly hint: ReactNode;
  readonly hideHint: () => void;
  readonly hintHandlers: {
    readonly onPointerOver: (event: PointerEvent) => void;
    readonly onPointerLeave: (event: PointerEvent) => void;
    readonly onFocusCapture: (event: FocusEvent) => void;
    readonly onBlurCapture: () => void;
  };
} {
  const [shown, setShown] = useState<Hint>();
  const hideHint = (): void => {
    setShown(undefined);
  };
  const isShown = shown !== undefined;
  useEffect(() => {
    if (!isShown) return undefined;
    const onKey = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') setShown(undefined);
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  }, [isShown]);
  const leave = ({ relatedTarget }: PointerEvent): void => {
    const within = relatedTarget instanceof Element && relatedTarget.closest('[role="tooltip"]') !== null;
    if (!within) hideHint();
  };
  const show = ({ target }: { readonly target: EventTarget }): void => {
    const element = target instanceof Element ? target.closest<HTMLElement>('[data-hint]') : null;
    const words = element?.dataset['hint'];
    setShown(element === null || words === undefined ? undefined : { element, words });
  };
  return {
    hint: shown === undefined ? null : <HintBubble {...shown} onPointerLeave={leave} />,
    hideHint,
    hintHandlers: {
      onPointerOver: show,
      onPointerLeave: leave,
      onFocusCapture: show,
      onBlurCapture: hideHint,
    },
  };
}
