import type { ListedGitProvider } from '@anyforge/client';
import { Checkbox, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { refreshAfterSignIn, signOut } from '../../api/connections.js';
import { useApi } from '../../api/use-api.js';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { connectionsTexts } from '../../texts/connections.js';
import { useTextsOf } from '../../texts/use-texts.js';

export interface SignOutDialogProps {
  readonly gitProvider: Pick<ListedGitProvider, 'id' | 'name' | 'connection'>;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Says what signing out does here and at the forge, and does it. */
export function SignOutDialog({ gitProvider, isOpen, onClose }: SignOutDialogProps): ReactNode {
  const texts = useTextsOf(connectionsTexts).signOut;
  const api = useApi();
  const queryClient = useQueryClient();
  const [revokes, setRevokes] = useState(false);
  const { id, name, connection } = gitProvider;
  const isToken = connection?.kind === 'token';

  const signingOut = useMutation({
    mutationFn: () => signOut(api, id, revokes && !isToken),
    onSuccess: async ({ revoked, message }) => {
      onClose();
      notifications.show({
        color: revoked === 'failed' || revoked === 'unsupported' ? 'yellow' : 'green',
        title: texts.done(name),
        message: revoked === 'done' ? texts.revoked(name) : message,
        // What is left to do by hand is read at leisure.
        autoClose: message === undefined ? 5000 : false,
      });
      await refreshAfterSignIn(queryClient);
    },
  });

  return (
    <ConfirmDialog
      opened={isOpen}
      title={texts.title(name)}
      confirmLabel={texts.action}
      pending={signingOut.isPending}
      error={signingOut.error}
      onConfirm={signingOut.mutate}
      onClose={() => {
        signingOut.reset();
        setRevokes(false);
        onClose();
      }}
    >
      <Stack gap="sm">
        <Text>{texts.description(name)}</Text>
        <Text>{isToken ? texts.keepsToken(name) : texts.keepsAuthorization(name)}</Text>
        {!isToken && (
          <Checkbox
            label={texts.revoke(name)}
            checked={revokes}
            onChange={(event) => {
              setRevokes(event.currentTarget.checked);
            }}
          />
        )}
      </Stack>
    </ConfirmDialog>
  );
}
