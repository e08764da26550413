import { createContext, useContext } from 'react';

/** Whether the heading of the next screen takes the focus, so that it is read aloud and Tab goes on from there. */
export class NavigationFocus {
  #wanted = false;

  /** Another screen is on its way. */
  want(): void {
    this.#wanted = true;
  }

  /** Whether the heading that asks first takes the focus. */
  take(): boolean {
    const wanted = this.#wanted;
    this.#wanted = false;
    return wanted;
  }
}

export const NavigationFocusContext = createContext<NavigationFocus | undefined>(undefined);

export function useNavigationFocus(): NavigationFocus {
  const focus = useContext(NavigationFocusContext);
  if (focus === undefined) throw new Error('There is no NavigationFocusContext around this component.');
  return focus;
}
