import type { ListedGitProvider } from '@anyforge/client';
import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { gitProvidersTexts } from '../../texts/git-providers.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { GitProviderRow } from './git-provider-row.js';

export function GitProviderList({
  gitProviders,
}: {
  readonly gitProviders: readonly ListedGitProvider[];
}): ReactNode {
  const texts = useTextsOf(gitProvidersTexts);
  return (
    <Stack component="ul" gap="sm" p={0} m={0} aria-label={texts.list}>
      {gitProviders.map((gitProvider) => (
        <GitProviderRow key={gitProvider.id} gitProvider={gitProvider} />
      ))}
    </Stack>
  );
}
