import { Button, Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { signInMethodsQuery } from '../../api/session.js';
import { useApi } from '../../api/use-api.js';
import { useMe, useSessionKeeper } from '../../api/use-session.js';
import { sessionTexts } from '../../texts/session.js';
import { useTexts, useTextsOf } from '../../texts/use-texts.js';
import { SignInForm } from './sign-in-form.js';

/** The session has ended: signs in again over whatever is shown, which stays as it is. */
export function SignInAgainDialog(): ReactNode {
  const texts = useTextsOf(sessionTexts);
  const { common } = useTexts();
  const me = useMe();
  const keeper = useSessionKeeper();
  const { data: methods } = useQuery(signInMethodsQuery(useApi()));
  const decline = () => {
    keeper.decline();
  };
  return (
    <Modal
      opened
      centered
      zIndex={1000}
      onClose={decline}
      closeOnClickOutside={false}
      title={texts.again.title}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <Stack>
        <Text size="sm">{texts.again.description(me.username)}</Text>
        {methods?.openIdConnect && (
          // The other tab tells this one when it is done.
          <Button
            component="a"
            href={methods.openIdConnect.path.replace(/^\//, '')}
            target="_blank"
            variant="default"
          >
            {texts.signInWithInNewTab(methods.openIdConnect.displayName)}
          </Button>
        )}
        <SignInForm
          username={me.username}
          onSignedIn={({ id }) => {
            keeper.signedInAgain(id);
          }}
          cancel={
            <Button variant="default" onClick={decline}>
              {common.cancel}
            </Button>
          }
        />
        <Text size="xs" c="dimmed">
          {texts.again.other}
        </Text>
      </Stack>
    </Modal>
  );
}
