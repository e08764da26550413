import { Alert, Button } from '@mantine/core';
import { IconWindowOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { connectionsTexts } from '../../texts/connections.js';
import { useTexts, useTextsOf } from '../../texts/use-texts.js';
import { DialogActions } from './dialog-actions.js';
import type { SignInControl } from './use-sign-in.js';

export interface SignInBlockedProps {
  /** The name of the git provider. */
  readonly name: string;
  readonly signIn: SignInControl;
}

/** The browser let no window open. Nothing was started. */
export function SignInBlocked({ name, signIn }: SignInBlockedProps): ReactNode {
  const connections = useTextsOf(connectionsTexts);
  const { common } = useTexts();
  const texts = connections.signIn.blocked;
  return (
    <>
      <Alert color="yellow" icon={<IconWindowOff aria-hidden />} title={texts.title}>
        {texts.description(name)}
      </Alert>
      <DialogActions>
        <Button variant="default" onClick={signIn.cancel}>
          {common.cancel}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            signIn.begin('window');
          }}
        >
          {common.tryAgain}
        </Button>
        <Button
          data-autofocus
          onClick={() => {
            signIn.begin('here');
          }}
        >
          {texts.openHere}
        </Button>
      </DialogActions>
    </>
  );
}
