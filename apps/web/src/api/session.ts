import type { Client } from '@anyforge/client';
import { queryOptions } from '@tanstack/react-query';

export const sessionKeys = {
  all: ['sessions'] as const,
};

/** The browsers that I am signed in with. */
export function sessionsQuery(api: Client) {
  return queryOptions({
    queryKey: sessionKeys.all,
    queryFn: async ({ signal }) => (await api.GET('/sessions', { signal })).items,
  });
}

/** In which ways people sign in to this server. */
export function signInMethodsQuery(api: Client) {
  return queryOptions({
    queryKey: ['sign-in-methods'],
    queryFn: ({ signal }) => api.GET('/sign-in-methods', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Whether the server waits for its first visit. */
export function setUpQuery(api: Client) {
  return queryOptions({
    queryKey: ['setup'],
    queryFn: ({ signal }) => api.GET('/setup', { signal }),
  });
}
