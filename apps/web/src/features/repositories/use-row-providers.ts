import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import { logoSource } from '../../components/provider-logo.js';
import type { ProviderLook } from '../syncs/use-provider-looks.js';
import type { RowProvider } from './repository-row.js';

/** The git providers as rows show them: each picture's address is made once, not for each row. */
export function useRowProviders(looks: ReadonlyMap<string, ProviderLook>): ReadonlyMap<string, RowProvider> {
  const scheme = useComputedColorScheme('light');
  return useMemo(
    () =>
      new Map(
        [...looks].map(([id, { name, logo }]) => [
          id,
          { name, logo: logo === undefined ? undefined : logoSource(logo, scheme) },
        ]),
      ),
    [looks, scheme],
  );
}
