import type { Client } from '@anyforge/client';
import { queryOptions } from '@tanstack/react-query';

export const peopleKeys = { all: ['people'] as const };

/** Everybody with an account. */
export function peopleQuery(api: Client) {
  return queryOptions({
    queryKey: peopleKeys.all,
    queryFn: async ({ signal }) => (await api.GET('/people', { signal })).items,
  });
}
