import type { ApiAnswer, Client } from '@anyforge/client';
import { queryOptions } from '@tanstack/react-query';

export type SyncHistory = ApiAnswer<'get', '/git-providers/{id}/sync-history'>;

/** How everybody's syncs with a git provider have ended of late; for administrators. */
export function syncHistoryQuery(api: Client, gitProviderId: string, days: number) {
  return queryOptions({
    // Below the key of git providers: what asks for these anew asks for this, too.
    queryKey: ['git-providers', 'sync-history', gitProviderId, days],
    queryFn: ({ signal }): Promise<SyncHistory> =>
      api.GET('/git-providers/{id}/sync-history', {
        params: { path: { id: gitProviderId }, query: { days } },
        signal,
      }),
  });
}
