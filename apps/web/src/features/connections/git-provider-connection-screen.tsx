import type { ListedGitProvider } from '@anyforge/client';
import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { PageHeader } from '../../components/page-header.js';
import { ConnectionSection } from './connection-section.js';
import { GitProviderLabel } from './git-provider-label.js';

/** A git provider's page for whoever does not manage it: where it is, and one's own sign-in. */
export function GitProviderConnectionScreen({
  gitProvider,
}: {
  readonly gitProvider: ListedGitProvider;
}): ReactNode {
  return (
    <Stack gap="lg" maw={860}>
      <PageHeader title={gitProvider.name} />
      <GitProviderLabel gitProvider={gitProvider} />
      <ConnectionSection gitProvider={gitProvider} />
    </Stack>
  );
}
