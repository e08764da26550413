import type { Client } from '@anyforge/client';
import { queryOptions } from '@tanstack/react-query';

/** The forges, with everything that a form needs. They change with the server only. */
export function providerTypesQuery(api: Client) {
  return queryOptions({
    queryKey: ['provider-types'],
    queryFn: async ({ signal }) => (await api.GET('/provider-types', { signal })).items,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
