import type { Client, OrganizationList } from '@anyforge/client';
import { queryOptions, skipToken } from '@tanstack/react-query';
import type { OrganizationSource } from './organization-source.js';

const paths = {
  draft: '/git-provider-drafts/{id}/organizations',
  connection: '/git-providers/{id}/organizations',
} as const;

/** The organizations that are seen from there, asked of the forge; nothing is asked where nobody is signed in. */
export function organizationsOfQuery(api: Client, source: OrganizationSource) {
  return queryOptions({
    queryKey: ['organizations', source],
    queryFn:
      source.kind === 'none'
        ? skipToken
        : ({ signal }): Promise<OrganizationList> =>
            api.GET(paths[source.kind], { params: { path: { id: source.id } }, signal }),
    staleTime: 300_000,
    refetchOnWindowFocus: false,
    retry: false,
  });
}
