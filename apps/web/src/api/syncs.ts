import type { Client, Sync, SyncTask } from '@anyforge/client';
import { queryOptions } from '@tanstack/react-query';
import { withNewer } from './known-syncs.js';

export type { Sync, SyncTask };

export const syncKeys = {
  all: ['syncs'] as const,
  list: ['syncs', 'list'] as const,
};

/** One that a schedule or another browser has started is noticed without anybody asking. */
const lookEveryMs = 60_000;

/** My latest syncs, newest first. */
export function syncsQuery(client: Client) {
  return queryOptions({
    queryKey: syncKeys.list,
    queryFn: async ({ signal, client: queryClient }): Promise<readonly Sync[]> => {
      const { items } = await client.GET('/syncs', { signal });
      return withNewer(items, queryClient.getQueryData<readonly Sync[]>(syncKeys.list) ?? []);
    },
    refetchInterval: lookEveryMs,
    refetchOnWindowFocus: 'always',
  });
}

/** Starts a sync of everything that I am signed in to, or joins the one that runs. */
export function startSync(client: Client): Promise<Sync> {
  return client.POST('/syncs');
}

/** Stops a sync; resolves to what is left of it. */
export function cancelSync(client: Client, id: string): Promise<Sync> {
  return client.POST('/syncs/{id}/cancellation', { params: { path: { id } } });
}
