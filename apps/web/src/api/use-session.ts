import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Me, SessionKeeper, SessionState } from './session-keeper.js';

export const SessionContext = createContext<SessionKeeper | undefined>(undefined);

/** What keeps the page and the session in step. */
export function useSessionKeeper(): SessionKeeper {
  const keeper = useContext(SessionContext);
  if (keeper === undefined) throw new Error('There is no SessionContext around this component.');
  return keeper;
}

/** Who is signed in, if anybody, and how the session stands. */
export function useSessionState(): SessionState {
  const keeper = useSessionKeeper();
  return useSyncExternalStore(keeper.subscribe, keeper.read);
}

/** Who I am, on every screen that is for people who are signed in. */
export function useMe(): Me {
  const { me } = useSessionState();
  if (me === undefined) throw new Error('Nobody is signed in.');
  return me;
}

/** Whether I may manage git providers and people. */
export function useIsAdministrator(): boolean {
  return useSessionState().me?.role === 'administrator';
}
