import type { Client } from '@anyforge/client';
import { queryOptions } from '@tanstack/react-query';

/** For whom a link is with which one chooses a password, and until when. */
export function passwordLinkQuery(api: Client, token: string) {
  return queryOptions({
    queryKey: ['password-link', token],
    queryFn: ({ signal }) => api.POST('/password-links/inspect', { body: { token }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}
