import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { connectionsTexts } from '../../texts/connections.js';
import { useTexts, useTextsOf } from '../../texts/use-texts.js';
import { AccountConfirmation } from './account-confirmation.js';
import { DeviceCode } from './device-code.js';
import { SignInBlocked } from './sign-in-blocked.js';
import { SignInOutcome } from './sign-in-outcome.js';
import { SignInUnderWay, SignInWindowWait } from './sign-in-waits.js';
import type { SignInControl } from './use-sign-in.js';

export interface SignInDialogProps {
  readonly signIn: SignInControl;
  /** The name of the git provider. */
  readonly name: string;
}

/** What a sign-in has come to, over the page, for as long as there is anything to say. */
export function SignInDialog({ signIn, name }: SignInDialogProps): ReactNode {
  const connections = useTextsOf(connectionsTexts);
  const { common } = useTexts();
  const { kind } = signIn.view;
  return (
    <Modal
      opened={kind !== 'none' && kind !== 'succeeded'}
      onClose={signIn.cancel}
      title={connections.signIn.title(name)}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': common.close }}
      transitionProps={{ duration: 0 }}
      centered
    >
      <div aria-live="polite">
        <Content signIn={signIn} name={name} />
      </div>
    </Modal>
  );
}

function Content({ signIn, name }: SignInDialogProps): ReactNode {
  const texts = useTextsOf(connectionsTexts).signIn;
  const { view } = signIn;
  switch (view.kind) {
    case 'none':
    case 'succeeded':
      return null;
    case 'starting':
      return <SignInUnderWay words={texts.preparing(name)} onCancel={signIn.cancel} />;
    case 'leaving':
      return <SignInUnderWay words={texts.leaving(name)} />;
    case 'finishing':
      return <SignInUnderWay words={texts.finishing} onCancel={signIn.cancel} />;
    case 'window':
      return <SignInWindowWait isOpen={view.open} onReopen={signIn.reopen} onCancel={signIn.cancel} />;
    case 'blocked':
      return <SignInBlocked name={name} signIn={signIn} />;
    case 'code':
      return <DeviceCode name={name} device={view.device} onCancel={signIn.cancel} />;
    case 'confirmation':
      return (
        <AccountConfirmation
          account={view.account}
          confirmation={signIn.confirmation}
          onCancel={signIn.cancel}
        />
      );
    case 'refused':
    case 'failed':
    case 'cancelled':
      return <SignInOutcome view={view} signIn={signIn} />;
  }
}
