import type { ListedGitProvider } from '@anyforge/client';
import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { PageHeader } from '../../components/page-header.js';
import { connectionsTexts } from '../../texts/connections.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { ConnectionSection } from './connection-section.js';
import { addressOf } from './web-host.js';

export interface GitProviderConnectionScreenProps {
  readonly gitProvider: ListedGitProvider;
}

/** A git provider's page for whoever does not manage it: where it is, and one's own sign-in. */
export function GitProviderConnectionScreen({ gitProvider }: GitProviderConnectionScreenProps): ReactNode {
  const { restricted } = useTextsOf(connectionsTexts).status;
  return (
    <Stack gap="md" maw={860}>
      <PageHeader title={gitProvider.name} description={addressOf(gitProvider)} />
      <ConnectionSection gitProvider={gitProvider} />
      {gitProvider.restricted && (
        <Text size="sm" c="dimmed">
          {restricted}
        </Text>
      )}
    </Stack>
  );
}
