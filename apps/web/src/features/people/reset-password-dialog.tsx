import { Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { peopleKeys } from '../../api/people.js';
import { useApi } from '../../api/use-api.js';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { useFreshAct } from '../../components/use-fresh-act.js';
import { peopleTexts } from '../../texts/people.js';
import { useTexts, useTextsOf } from '../../texts/use-texts.js';
import { PasswordLinkView } from './password-link-view.js';
import type { PersonDialogProps } from './person-dialog.js';

/** Takes a password away, and shows the link with which its owner chooses another. */
export function ResetPasswordDialog({ person, opened, onClose }: PersonDialogProps): ReactNode {
  const people = useTextsOf(peopleTexts);
  const { common } = useTexts();
  const api = useApi();
  const queryClient = useQueryClient();
  const reset = useMutation({
    mutationFn: () => api.POST('/people/{id}/password-reset', { params: { path: { id: person.id } } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: peopleKeys.all }),
    // The link is kept nowhere but in the dialog.
    gcTime: 0,
  });
  useFreshAct(opened, reset);
  const texts = person.status === 'awaiting_password' ? people.renewing : people.resetting;
  const link = reset.data?.link;
  return (
    <>
      <ConfirmDialog
        opened={opened && link === undefined}
        title={texts.title(person.username)}
        confirmLabel={texts.confirm}
        pending={reset.isPending}
        error={reset.error}
        onConfirm={() => {
          reset.mutate();
        }}
        onClose={onClose}
      >
        {texts.description}
      </ConfirmDialog>
      <Modal
        opened={opened && link !== undefined}
        centered
        title={people.link.invitationTitle(person.username)}
        closeOnClickOutside={false}
        closeOnEscape={false}
        closeButtonProps={{ 'aria-label': common.close }}
        onClose={onClose}
        onExitTransitionEnd={() => {
          reset.reset();
        }}
      >
        {link !== undefined && <PasswordLinkView link={link} onClose={onClose} />}
      </Modal>
    </>
  );
}
