import type { ListedGitProvider } from '@anyforge/client';
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { gitProvidersTexts } from '../../texts/git-providers.js';
import { useTextsOf } from '../../texts/use-texts.js';

/** What an administrator should look at; nothing while all is well. */
export function HealthLine({
  health,
}: {
  readonly health: NonNullable<ListedGitProvider['health']>;
}): ReactNode {
  const texts = useTextsOf(gitProvidersTexts).health;
  if (health.needAttention === 0) return null;
  return (
    <Text size="sm" c="dimmed">
      {texts.needAttention(health.needAttention)}
    </Text>
  );
}
