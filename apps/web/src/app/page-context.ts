import type { Client } from '@anyforge/client';
import type { QueryClient } from '@tanstack/react-query';
import type { SessionKeeper } from '../api/session-keeper.js';

/** What routes reach before a screen is shown. */
export interface PageContext {
  readonly api: Client;
  readonly queryClient: QueryClient;
  readonly session: SessionKeeper;
}
