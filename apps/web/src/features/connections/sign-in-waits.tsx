import { Alert, Button, Group, Loader, Text } from '@mantine/core';
import { IconWindow } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { connectionsTexts } from '../../texts/connections.js';
import { useTexts, useTextsOf } from '../../texts/use-texts.js';
import { DialogActions } from './dialog-actions.js';

/** Something is being done that takes a moment. */
export function SignInUnderWay({
  words,
  onCancel,
}: {
  readonly words: string;
  readonly onCancel?: (() => void) | undefined;
}): ReactNode {
  const texts = useTexts();
  return (
    <>
      <Group wrap="nowrap">
        <Loader size="sm" aria-hidden />
        <Text>{words}</Text>
      </Group>
      {onCancel && (
        <DialogActions>
          <Button variant="default" onClick={onCancel}>
            {texts.common.cancel}
          </Button>
        </DialogActions>
      )}
    </>
  );
}

export interface SignInWindowWaitProps {
  readonly isOpen: boolean;
  readonly onReopen: () => void;
  readonly onCancel: () => void;
}

/** The forge's page is in a window of its own, or was. */
export function SignInWindowWait({ isOpen, onReopen, onCancel }: SignInWindowWaitProps): ReactNode {
  const connections = useTextsOf(connectionsTexts);
  const { common } = useTexts();
  const texts = connections.signIn;
  return (
    <>
      {isOpen ? (
        <Group wrap="nowrap" align="flex-start">
          <Loader size="sm" mt={2} aria-hidden />
          <div>
            <Text>{texts.goOnInWindow}</Text>
            <Text c="dimmed" size="sm">
              {texts.closesByItself}
            </Text>
          </div>
        </Group>
      ) : (
        <Alert color="yellow" icon={<IconWindow aria-hidden />} title={texts.windowClosed.title}>
          {texts.windowClosed.description}
        </Alert>
      )}
      <DialogActions>
        <Button variant="default" onClick={onCancel}>
          {common.cancel}
        </Button>
        {!isOpen && <Button onClick={onReopen}>{texts.windowClosed.openAgain}</Button>}
      </DialogActions>
    </>
  );
}
