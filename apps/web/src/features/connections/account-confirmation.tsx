import type { Account } from '@anyforge/client';
import { Avatar, Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../../components/problem-alert.js';
import { connectionsTexts } from '../../texts/connections.js';
import { useTexts, useTextsOf } from '../../texts/use-texts.js';
import { DialogActions } from './dialog-actions.js';
import type { SignInControl } from './use-sign-in.js';

export interface AccountConfirmationProps {
  readonly account: Account;
  readonly confirmation: SignInControl['confirmation'];
  readonly onCancel: () => void;
}

/** Asks whether the account that has come back is one's own: somebody else may have entered the code. */
export function AccountConfirmation({
  account,
  confirmation,
  onCancel,
}: AccountConfirmationProps): ReactNode {
  const connections = useTextsOf(connectionsTexts);
  const { common } = useTexts();
  const texts = connections.signIn.confirmation;
  return (
    <>
      <Stack gap="sm">
        <Text fw={600}>{texts.question}</Text>
        <Group gap="sm">
          <Avatar name={account.displayName ?? account.username} color="initials" aria-hidden />
          <div>
            <Text fw={600}>{account.username}</Text>
            {account.displayName !== undefined && (
              <Text size="sm" c="dimmed">
                {account.displayName}
              </Text>
            )}
          </div>
        </Group>
        <Text size="sm">{texts.warning}</Text>
        <ProblemAlert error={confirmation.error} />
      </Stack>
      <DialogActions>
        <Button variant="default" onClick={onCancel}>
          {common.cancel}
        </Button>
        <Button
          loading={confirmation.isPending}
          onClick={() => {
            confirmation.give(account.id);
          }}
        >
          {texts.confirm}
        </Button>
      </DialogActions>
    </>
  );
}
