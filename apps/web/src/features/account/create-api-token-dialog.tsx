import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { ShownOnce } from '../../components/shown-once.js';
import { accountTexts } from '../../texts/account.js';
import { useTexts, useTextsOf } from '../../texts/use-texts.js';
import { CreateApiTokenForm } from './create-api-token-form.js';

export interface CreateApiTokenDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Creates an API token, and shows it once. */
export function CreateApiTokenDialog({ opened, onClose }: CreateApiTokenDialogProps): ReactNode {
  const account = useTextsOf(accountTexts);
  const { common } = useTexts();
  const [token, setToken] = useState<string>();
  const forget = () => {
    setToken(undefined);
  };
  return (
    <Modal
      opened={opened}
      centered
      title={token === undefined ? account.apiTokens.create : account.apiTokens.created}
      // What is typed is not lost by a slip of the mouse, nor what is shown once by a key.
      closeOnClickOutside={false}
      closeOnEscape={token === undefined}
      closeButtonProps={{ 'aria-label': common.close }}
      onClose={onClose}
      onExitTransitionEnd={forget}
    >
      {token === undefined ? (
        <CreateApiTokenForm onCreated={setToken} onCancel={onClose} />
      ) : (
        <Stack>
          <Text size="sm" role="status">
            {account.apiTokens.shownOnce}
          </Text>
          <ShownOnce label={account.apiTokens.token} value={token} />
          <Group justify="flex-end">
            <Button onClick={onClose}>{account.apiTokens.done}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
