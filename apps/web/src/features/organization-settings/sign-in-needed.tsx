import type { ListedGitProvider } from '@anyforge/client';
import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { organizationSettingsTexts } from '../../texts/organization-settings.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { ConnectionActions } from '../connections/connection-actions.js';

export interface SignInNeededProps {
  readonly needed: 'test' | 'sign-in' | 'sign-in-again';
  readonly gitProvider: ListedGitProvider | undefined;
  /** What is typed on this page, to come back to. */
  readonly draftId: string | undefined;
}

/** Organizations are what somebody's account sees: so somebody has to be signed in. */
export function SignInNeeded({ needed, gitProvider, draftId }: SignInNeededProps): ReactNode {
  const texts = useTextsOf(organizationSettingsTexts);
  const words = { test: texts.testFirst, 'sign-in': texts.signInFirst, 'sign-in-again': texts.signInAgain };
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm">{words[needed]}</Text>
      {gitProvider !== undefined && (
        <ConnectionActions gitProvider={gitProvider} returnTo={pathOf(gitProvider.id, draftId)} />
      )}
    </Group>
  );
}

function pathOf(id: string, draftId: string | undefined): string {
  const path = `/git-providers/${encodeURIComponent(id)}`;
  return draftId === undefined ? path : `${path}?draft=${encodeURIComponent(draftId)}`;
}
