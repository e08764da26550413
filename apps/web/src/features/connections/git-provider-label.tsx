import type { ListedGitProvider } from '@anyforge/client';
import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { providerTypesQuery } from '../../api/provider-types.js';
import { useApi } from '../../api/use-api.js';
import { ProviderLogo } from '../../components/provider-logo.js';
import { addressOf } from './web-host.js';

/** Which git provider it is: its logo, its name, its address. */
export function GitProviderLabel({
  gitProvider,
  name,
}: {
  readonly gitProvider: Pick<ListedGitProvider, 'name' | 'type' | 'config'>;
  /** In place of its name: a link to it, say. */
  readonly name?: ReactNode;
}): ReactNode {
  const types = useQuery(providerTypesQuery(useApi()));
  const type = types.data?.find((one) => one.type === gitProvider.type);
  return (
    <Group gap="sm" wrap="nowrap" miw={0}>
      <ProviderLogo logo={type?.logo} size={28} />
      <div style={{ minWidth: 0 }}>
        {name ?? (
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {gitProvider.name}
          </Text>
        )}
        <Text size="sm" c="dimmed" truncate>
          {addressOf(gitProvider)}
        </Text>
      </div>
    </Group>
  );
}
