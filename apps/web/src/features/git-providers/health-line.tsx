import type { ListedGitProvider } from '@anyforge/client';
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { gitProvidersTexts } from '../../texts/git-providers.js';
import { useTextsOf } from '../../texts/use-texts.js';

/** What an administrator should look at; nothing while all is well. */
export function HealthLine({ gitProvider }: { readonly gitProvider: ListedGitProvider }): ReactNode {
  const texts = useTextsOf(gitProvidersTexts).health;
  const { health, syncNeeded = false } = gitProvider;
  const needAttention = health?.needAttention ?? 0;
  const told = [
    ...(needAttention === 0 ? [] : [texts.needAttention(needAttention)]),
    ...(syncNeeded ? [texts.syncNeeded] : []),
  ];
  if (told.length === 0) return null;
  return (
    <Text size="sm" c="dimmed">
      {told.join(' · ')}
    </Text>
  );
}
