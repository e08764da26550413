import type { Client } from '@anyforge/client';
import { createContext, useContext } from 'react';

export const ApiContext = createContext<Client | undefined>(undefined);

/** The server, as the one who is signed in. */
export function useApi(): Client {
  const client = useContext(ApiContext);
  if (client === undefined) throw new Error('There is no ApiContext around this component.');
  return client;
}
