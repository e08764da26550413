import { Code, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyButton } from '../../components/copy-button.js';
import { gitProviderEditorTexts } from '../../texts/git-provider-editor.js';
import { useTextsOf } from '../../texts/use-texts.js';

export interface CopyFieldProps {
  readonly label: string;
  readonly value: string;
  readonly canCopy: boolean;
}

/** Something to be entered elsewhere, exactly so. */
export function CopyField({ label, value, canCopy }: CopyFieldProps): ReactNode {
  const { oauth: texts } = useTextsOf(gitProviderEditorTexts);
  return (
    <Stack gap={2}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Group gap={4} wrap="nowrap" align="center">
        <Code style={{ overflowWrap: 'anywhere' }}>{value}</Code>
        {canCopy && <CopyButton value={value} label={texts.copy(label)} />}
      </Group>
    </Stack>
  );
}
