import type { FocusEvent, KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useState } from 'react';
import { HintBubble } from './hint-bubble.js';

export interface Hint {
  readonly element: HTMLElement;
  readonly words: string;
}

/** One tooltip for all that carries `data-hint` within an element, as what is looked at or has the focus. */
export function useHint(): {
  readonly hint: ReactNode;
  readonly hideHint: () => void;
  readonly hintHandlers: {
    readonly onPointerOver: (event: PointerEvent) => void;
    readonly onPointerLeave: () => void;
    readonly onFocusCapture: (event: FocusEvent) => void;
    readonly onBlurCapture: () => void;
    readonly onKeyDownCapture: (event: KeyboardEvent) => void;
  };
} {
  const [shown, setShown] = useState<Hint>();
  const hideHint = (): void => {
    setShown(undefined);
  };
  const show = ({ target }: { readonly target: EventTarget }): void => {
    const element = target instanceof Element ? target.closest<HTMLElement>('[data-hint]') : null;
    const words = element?.dataset['hint'];
    setShown(element === null || words === undefined ? undefined : { element, words });
  };
  return {
    hint: shown === undefined ? null : <HintBubble {...shown} />,
    hideHint,
    hintHandlers: {
      onPointerOver: show,
      onPointerLeave: hideHint,
      onFocusCapture: show,
      onBlurCapture: hideHint,
      onKeyDownCapture: (event) => {
        if (event.key === 'Escape') hideHint();
      },
    },
  };
}
