import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { peopleKeys } from '../../api/people.js';
import { useApi } from '../../api/use-api.js';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { notifyOfSuccess } from '../../components/notify.js';
import { useFreshAct } from '../../components/use-fresh-act.js';
import { peopleTexts } from '../../texts/people.js';
import { useTextsOf } from '../../texts/use-texts.js';
import type { PersonDialogProps } from './person-dialog.js';

/** Deletes an account with everything that is its owner's. */
export function DeletePersonDialog({
  person: { id, username },
  opened,
  onClose,
}: PersonDialogProps): ReactNode {
  const { deleting, deleted } = useTextsOf(peopleTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api.DELETE('/people/{id}', { params: { path: { id } } }),
    onSuccess: async () => {
      onClose();
      notifyOfSuccess(deleted(username));
      await queryClient.invalidateQueries({ queryKey: peopleKeys.all });
    },
  });
  useFreshAct(opened, remove);
  return (
    <ConfirmDialog
      opened={opened}
      title={deleting.title(username)}
      confirmLabel={deleting.confirm}
      typeToConfirm={username}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => {
        remove.mutate();
      }}
      onClose={onClose}
    >
      {deleting.description}
    </ConfirmDialog>
  );
}
