import { Button, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../../components/problem-alert.js';
import { connectionsTexts } from '../../texts/connections.js';
import { useTexts, useTextsOf } from '../../texts/use-texts.js';
import { DialogActions } from './dialog-actions.js';
import { SignInFailure } from './sign-in-failure.js';
import type { SignInView } from './sign-in-progress.js';
import type { SignInControl } from './use-sign-in.js';

export interface SignInOutcomeProps {
  readonly view: Extract<SignInView, { readonly kind: 'refused' | 'failed' | 'cancelled' }>;
  readonly signIn: SignInControl;
}

/** Why it came to nothing, and **Try again**. */
export function SignInOutcome({ view, signIn }: SignInOutcomeProps): ReactNode {
  const { common } = useTexts();
  return (
    <>
      <Words view={view} />
      <DialogActions>
        <Button variant="default" onClick={signIn.cancel}>
          {common.close}
        </Button>
        <Button
          data-autofocus
          onClick={() => {
            signIn.begin(view.way);
          }}
        >
          {common.tryAgain}
        </Button>
      </DialogActions>
    </>
  );
}

function Words({ view }: Pick<SignInOutcomeProps, 'view'>): ReactNode {
  const { ended } = useTextsOf(connectionsTexts).signIn;
  switch (view.kind) {
    case 'refused':
      return <ProblemAlert error={view.error} />;
    case 'failed':
      return <SignInFailure error={view.error} />;
    case 'cancelled':
      return (
        <>
          <Text fw={600}>{ended.title}</Text>
          <Text>{ended.description}</Text>
        </>
      );
  }
}
