import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Reachability } from './reachability.js';

export const ReachabilityContext = createContext<Reachability | undefined>(undefined);

/** Whether the server can be reached, as far as is known. */
export function useIsReachable(): boolean {
  const reachability = useContext(ReachabilityContext);
  if (reachability === undefined) throw new Error('There is no ReachabilityContext around this component.');
  return useSyncExternalStore(reachability.subscribe, reachability.read);
}
