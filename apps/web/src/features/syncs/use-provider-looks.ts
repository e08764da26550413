import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useApi } from '../../api/use-api.js';
import { gitProvidersQuery } from '../../api/git-providers.js';
import { providerTypesQuery } from '../../api/provider-types.js';

/** How a git provider is shown beside what is its own. */
export interface ProviderLook {
  readonly name: string;
  readonly logo: string | undefined;
}

/** All git providers by id, as far as they are known now. */
export function useProviderLooks(): ReadonlyMap<string, ProviderLook> {
  const api = useApi();
  const { data: providers } = useQuery(gitProvidersQuery(api));
  const { data: types } = useQuery(providerTypesQuery(api));
  return useMemo(() => {
    const logos = new Map(types?.map(({ type, logo }) => [type, logo]));
    return new Map(providers?.map(({ id, name, type }) => [id, { name, logo: logos.get(type) }]));
  }, [providers, types]);
}
