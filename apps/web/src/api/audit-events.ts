import type { Client } from '@anyforge/client';
import { queryOptions } from '@tanstack/react-query';

/** The newest change of a git provider that the latest events tell of; null: they tell of none. */
export function lastChangeQuery(api: Client, gitProviderId: string, version: number) {
  return queryOptions({
    queryKey: ['audit-events', 'last-change', gitProviderId, version],
    queryFn: async ({ signal }) => {
      const { items } = await api.GET('/audit-events', { signal });
      return items.find((event) => isChangeOf(event, gitProviderId)) ?? null;
    },
    retry: false,
  });
}

function isChangeOf(
  event: { readonly action: string; readonly gitProviderId?: string | undefined },
  gitProviderId: string,
): boolean {
  return event.action === 'git_provider.updated' && event.gitProviderId === gitProviderId;
}
