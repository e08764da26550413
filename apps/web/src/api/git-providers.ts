import type { Client } from '@anyforge/client';
import { queryOptions } from '@tanstack/react-query';

export const gitProviderKeys = {
  all: ['git-providers'] as const,
  list: ['git-providers', 'list'] as const,
  one: (id: string) => ['git-providers', 'one', id] as const,
  tokenHelp: (id: string) => ['git-providers', 'token-help', id] as const,
  oauthHelp: (id: string) => ['git-providers', 'oauth-help', id] as const,
};

/** All git providers, each with my connection. */
export function gitProvidersQuery(client: Client) {
  return queryOptions({
    queryKey: gitProviderKeys.list,
    queryFn: async ({ signal }) => (await client.GET('/git-providers', { signal })).items,
  });
}

/** One git provider, with my connection. */
export function gitProviderQuery(client: Client, id: string) {
  return queryOptions({
    queryKey: gitProviderKeys.one(id),
    queryFn: ({ signal }) => client.GET('/git-providers/{id}', { params: { path: { id } }, signal }),
  });
}

/** How one makes a token on that very host. */
export function tokenHelpQuery(client: Client, id: string) {
  return queryOptions({
    queryKey: gitProviderKeys.tokenHelp(id),
    queryFn: ({ signal }) =>
      client.GET('/git-providers/{id}/token-help', { params: { path: { id } }, signal }),
    staleTime: 300_000,
  });
}

/** How one registers the OAuth application on that very host. */
export function gitProviderOAuthHelpQuery(api: Client, id: string) {
  return queryOptions({
    queryKey: gitProviderKeys.oauthHelp(id),
    queryFn: ({ signal }) => api.GET('/git-providers/{id}/oauth-help', { params: { path: { id } }, signal }),
    staleTime: 300_000,
    retry: false,
  });
}

/** @param name its name, typed again */
export function deleteGitProvider(api: Client, id: string, name: string): Promise<undefined> {
  return api.DELETE('/git-providers/{id}', { params: { path: { id }, query: { name } } });
}
