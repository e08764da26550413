import type { SignIn } from '@anyforge/client';
import { Alert, Anchor, Button, Stack, Text } from '@mantine/core';
import { IconAlertCircle, IconWindowOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../../components/problem-alert.js';
import { useTexts } from '../../texts/use-texts.js';
import { DialogActions } from './dialog-actions.js';
import type { SignInControl } from './use-sign-in.js';
import { webHost } from './web-host.js';

interface Closing {
  readonly onClose: () => void;
}

function CloseAction({ onClose }: Closing): ReactNode {
  const { common } = useTexts();
  return (
    <DialogActions>
      <Button variant="default" onClick={onClose} data-autofocus>
        {common.close}
      </Button>
    </DialogActions>
  );
}

/** The browser let no window open. Nothing was started. */
export function SignInBlocked({
  name,
  signIn,
}: {
  readonly name: string;
  readonly signIn: SignInControl;
}): ReactNode {
  const { common, connections } = useTexts();
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
          {texts.tryAgain}
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

/** The server, or the forge, did not let it start. */
export function SignInRefused({ error, onClose }: Closing & { readonly error: unknown }): ReactNode {
  return (
    <>
      <ProblemAlert error={error} />
      <CloseAction onClose={onClose} />
    </>
  );
}

/** It came back from the forge without success. */
export function SignInFailed({ error, onClose }: Closing & { readonly error: SignIn['error'] }): ReactNode {
  const texts = useTexts().connections.signIn.failed;
  const repair = error?.repair;
  return (
    <>
      <Alert color="red" icon={<IconAlertCircle aria-hidden />} title={texts.title} role="alert">
        <Stack gap="xs">
          <Text size="sm">{error?.message ?? texts.unknown}</Text>
          {repair && <Text size="sm">{repair.text}</Text>}
          {repair?.url !== undefined && (
            <Anchor href={repair.url} target="_blank" rel="noreferrer" size="sm">
              {webHost(repair.url)}
            </Anchor>
          )}
        </Stack>
      </Alert>
      <CloseAction onClose={onClose} />
    </>
  );
}

/** Somebody, or something, ended it before it came back. */
export function SignInEnded({ onClose }: Closing): ReactNode {
  const texts = useTexts().connections.signIn.ended;
  return (
    <>
      <Text fw={600}>{texts.title}</Text>
      <Text>{texts.description}</Text>
      <CloseAction onClose={onClose} />
    </>
  );
}
