import type { ListedGitProvider } from '@anyforge/client';
import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { connectionsTexts } from '../../texts/connections.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { ConfigurationDialog } from './configuration-dialog.js';
import { SignInButton } from './sign-in-button.js';
import { SignInDialog } from './sign-in-dialog.js';
import { SignOutDialog } from './sign-out-dialog.js';
import { useConnectionSignIn } from './use-connection-sign-in.js';
import { useKeptFocus } from './use-kept-focus.js';

export interface ConnectionActionsProps {
  readonly gitProvider: ListedGitProvider;
  /** The page that it is on, to come back to: a path below the server's address. */
  readonly returnTo: string;
}

/** **Sign in**, **Sign out** and **Edit configuration**: what one may do with one's own sign-in at a git provider. */
export function ConnectionActions({ gitProvider, returnTo }: ConnectionActionsProps): ReactNode {
  const texts = useTextsOf(connectionsTexts);
  const signIn = useConnectionSignIn({ gitProvider, returnTo });
  const [dialog, setDialog] = useState<'sign-out' | 'configuration'>();
  const { name, connection } = gitProvider;
  const needsSignIn = connection === null || connection.needsAttention !== undefined;
  const { container, onUse } = useKeptFocus<HTMLDivElement>(
    `${connection?.kind ?? 'none'} ${String(needsSignIn)}`,
  );
  const close = () => {
    setDialog(undefined);
  };
  return (
    <Group ref={container} onClickCapture={onUse} gap="xs" justify="flex-end">
      {needsSignIn && (
        <SignInButton
          gitProvider={gitProvider}
          onChoose={(way) => {
            if (way === 'token') setDialog('configuration');
            else signIn.begin(way);
          }}
        />
      )}
      {connection?.kind === 'token' && !needsSignIn && (
        <Button
          variant="default"
          aria-label={texts.configuration.editOf(name)}
          onClick={() => {
            setDialog('configuration');
          }}
        >
          {texts.configuration.edit}
        </Button>
      )}
      {connection !== null && (
        <Button
          variant="default"
          aria-label={texts.signOut.actionOf(name)}
          onClick={() => {
            setDialog('sign-out');
          }}
        >
          {texts.signOut.action}
        </Button>
      )}
      <SignInDialog signIn={signIn} name={name} />
      <SignOutDialog gitProvider={gitProvider} isOpen={dialog === 'sign-out'} onClose={close} />
      <ConfigurationDialog gitProvider={gitProvider} isOpen={dialog === 'configuration'} onClose={close} />
    </Group>
  );
}
