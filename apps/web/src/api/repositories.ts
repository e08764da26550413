import type { Client, Explanation, Repository, RepositoryPermissions } from '@anyforge/client';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';

/** What the list is narrowed to, and in which order. */
export interface RepositoryFilters {
  readonly search?: string | undefined;
  readonly gitProviderId?: string | undefined;
  readonly organization?: string | undefined;
  readonly level?: 'none' | 'read' | 'triage' | 'write' | 'maintain' | 'admin' | 'unknown' | undefined;
  readonly visibility?: Repository['visibility'] | undefined;
  readonly archived?: boolean | undefined;
  readonly sort?: 'path' | 'name' | 'updatedAt' | 'level' | undefined;
  readonly direction?: 'asc' | 'desc' | undefined;
}

/** What the server knows, which changes with each sync. */
export const repositoryKeys = {
  all: ['repositories'] as const,
  list: (filters: RepositoryFilters) => ['repositories', 'list', filters] as const,
  one: (id: string) => ['repositories', 'one', id] as const,
};

/** What a forge is asked for: a sync must not ask it again. Whose sign-in asks is what matters. */
export const askedOfForgeKeys = {
  all: ['asked-of-forge'] as const,
  permissions: (id: string) => ['asked-of-forge', 'permissions', id] as const,
  explanation: (gitProviderId: string, path: string) =>
    ['asked-of-forge', 'explanation', gitProviderId, path] as const,
};

interface Position {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** The first page is what a screen shows at once, and comes quickly; who scrolls on wants many. */
const firstPage: Position = { limit: 50 };
const furtherLimit = 200;

/** My repositories, page by page. The rows of the last filters stay until those of the new ones have come. */
export function repositoriesQuery(client: Client, filters: RepositoryFilters) {
  const { archived, ...others } = filters;
  return infiniteQueryOptions({
    queryKey: repositoryKeys.list(filters),
    queryFn: ({ pageParam, signal }) =>
      client.GET('/repositories', {
        params: {
          query: {
            ...others,
            ...pageParam,
            archived: archived === undefined ? undefined : archived ? 'true' : 'false',
          },
        },
        signal,
      }),
    initialPageParam: firstPage,
    getNextPageParam: ({ nextCursor }): Position | undefined =>
      nextCursor === undefined ? undefined : { cursor: nextCursor, limit: furtherLimit },
    placeholderData: keepPreviousData,
    // Pages that were fetched before are the same objects already; to compare thousands of rows finds nothing else.
    structuralSharing: false,
    // A list changes with a sync, whose end asks for it anew.
    staleTime: 60_000,
  });
}

export function repositoryQuery(client: Client, id: string) {
  return queryOptions({
    queryKey: repositoryKeys.one(id),
    queryFn: ({ signal }): Promise<Repository> =>
      client.GET('/repositories/{id}', { params: { path: { id } }, signal }),
  });
}

/** Asked of the forge each time, within its rate limits: so not again without anybody wanting it. */
export function repositoryPermissionsQuery(client: Client, id: string) {
  return queryOptions({
    queryKey: askedOfForgeKeys.permissions(id),
    queryFn: ({ signal }): Promise<RepositoryPermissions> =>
      client.GET('/repositories/{id}/permissions', { params: { path: { id } }, signal }),
    ...askedOfTheForge,
  });
}

/** Why I see a repository or do not; asked of the forge, too. */
export function explanationQuery(client: Client, gitProviderId: string, path: string) {
  return queryOptions({
    queryKey: askedOfForgeKeys.explanation(gitProviderId, path),
    queryFn: ({ signal }): Promise<Explanation> =>
      client.GET('/explain', { params: { query: { provider: gitProviderId, path } }, signal }),
    ...askedOfTheForge,
  });
}

const askedOfTheForge = {
  staleTime: 30_000,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
  retry: false,
} as const;
