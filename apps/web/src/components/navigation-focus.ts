import { createContext, useContext } from 'react';

/** Whether the heading of the next screen takes the focus, so that it is read aloud and Tab goes on from there. */
export interface NavigationFocus {
  wanted: boolean;
}

export const NavigationFocusContext = createContext<NavigationFocus>({ wanted: false });

export function useNavigationFocus(): NavigationFocus {
  return useContext(NavigationFocusContext);
}
