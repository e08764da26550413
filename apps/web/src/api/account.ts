import type { Client } from '@anyforge/client';
import { queryOptions } from '@tanstack/react-query';

export const accountKeys = {
  mine: ['account'] as const,
  apiTokens: ['api-tokens'] as const,
};

/** My account. */
export function accountQuery(api: Client) {
  return queryOptions({
    queryKey: accountKeys.mine,
    queryFn: ({ signal }) => api.GET('/account', { signal }),
  });
}

/** My API tokens. */
export function apiTokensQuery(api: Client) {
  return queryOptions({
    queryKey: accountKeys.apiTokens,
    queryFn: async ({ signal }) => (await api.GET('/api-tokens', { signal })).items,
  });
}
