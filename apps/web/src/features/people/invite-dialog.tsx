import type { InvitedPerson } from '@anyforge/client';
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { peopleTexts } from '../../texts/people.js';
import { useTexts, useTextsOf } from '../../texts/use-texts.js';
import { InviteForm } from './invite-form.js';
import { PasswordLinkView } from './password-link-view.js';

export interface InviteDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Makes an account, and shows the link with which its owner chooses a password. */
export function InviteDialog({ opened, onClose }: InviteDialogProps): ReactNode {
  const texts = useTextsOf(peopleTexts);
  const { common } = useTexts();
  const [invited, setInvited] = useState<InvitedPerson>();
  return (
    <Modal
      opened={opened}
      centered
      title={
        invited === undefined ? texts.inviting.title : texts.link.invitationTitle(invited.person.username)
      }
      // What is typed is not lost by a slip of the mouse, nor what is shown once by a key.
      closeOnClickOutside={false}
      closeOnEscape={invited === undefined}
      closeButtonProps={{ 'aria-label': common.close }}
      onClose={onClose}
      onExitTransitionEnd={() => {
        setInvited(undefined);
      }}
    >
      {invited === undefined ? (
        <InviteForm onInvited={setInvited} onCancel={onClose} />
      ) : (
        <PasswordLinkView link={invited.link} onClose={onClose} />
      )}
    </Modal>
  );
}
