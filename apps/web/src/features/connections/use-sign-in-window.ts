import { useEffect, useEffectEvent, useRef } from 'react';
import type { SignInWindow } from './sign-in-window.js';
import { openSignInWindow } from './sign-in-window.js';

const lookEveryMs = 400;

export interface SignInWindowControl {
  /** In the click that asks for it. Undefined: the browser has blocked it. */
  readonly open: (words: string) => SignInWindow | undefined;
  readonly close: () => void;
}

/**
 * The window in which the forge's page is.
 *
 * @param isWatched whether to look for its end
 * @param onClosed when the person has closed it, or a page of the forge has cut it off
 */
export function useSignInWindow(isWatched: boolean, onClosed: () => void): SignInWindowControl {
  const current = useRef<SignInWindow>(undefined);
  const tell = useEffectEvent(onClosed);
  useEffect(() => {
    if (!isWatched) return;
    const timer = setInterval(() => {
      if (current.current?.isClosed() !== true) return;
      clearInterval(timer);
      tell();
    }, lookEveryMs);
    return () => {
      clearInterval(timer);
    };
  }, [isWatched]);
  return {
    open: (words) => {
      current.current?.close();
      current.current = openSignInWindow(window, words);
      return current.current;
    },
    close: () => {
      current.current?.close();
    },
  };
}
