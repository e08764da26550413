import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconWindow } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { gitProviderEditorTexts } from '../../texts/git-provider-editor.js';
import { useTexts, useTextsOf } from '../../texts/use-texts.js';
import { CopyField } from './copy-field.js';

export interface TestWindowProps {
  readonly isOpen: boolean;
  readonly redirectUrl: string | undefined;
  readonly onReopen: () => void;
  readonly onCancel: () => void;
}

/** While the forge's page is open in a window: what to compare there. */
export function TestWindow({ isOpen, redirectUrl, onReopen, onCancel }: TestWindowProps): ReactNode {
  const gitProviderEditor = useTextsOf(gitProviderEditorTexts);
  const { common } = useTexts();
  const texts = gitProviderEditor.test;
  return (
    <Alert
      color={isOpen ? 'pine' : 'yellow'}
      icon={<IconWindow aria-hidden />}
      title={isOpen ? texts.windowOpen : texts.windowClosed}
      role="status"
    >
      <Stack gap="sm">
        {redirectUrl !== undefined && (
          <>
            <Text size="sm">{texts.compare}</Text>
            <CopyField label={texts.redirectUrl} value={redirectUrl} canCopy />
          </>
        )}
        <Group gap="sm">
          {!isOpen && (
            <Button size="xs" onClick={onReopen}>
              {texts.reopen}
            </Button>
          )}
          <Button size="xs" variant="default" onClick={onCancel}>
            {common.cancel}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
