import { Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { peopleKeys } from '../../api/people.js';
import { useApi } from '../../api/use-api.js';
import { useSessionKeeper } from '../../api/use-session.js';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { useFreshAct } from '../../components/use-fresh-act.js';
import { peopleTexts } from '../../texts/people.js';
import { useTextsOf } from '../../texts/use-texts.js';
import type { PersonDialogProps } from './person-dialog.js';

export interface ChangeRoleDialogProps extends PersonDialogProps {
  readonly isMe: boolean;
}

/** Makes somebody administrator, or a member. */
export function ChangeRoleDialog({ person, isMe, opened, onClose }: ChangeRoleDialogProps): ReactNode {
  const { changingRole: texts, makeAdministrator, makeMember } = useTextsOf(peopleTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const keeper = useSessionKeeper();
  const router = useRouter();
  const toMember = person.role === 'administrator';
  const change = useMutation({
    mutationFn: () =>
      api.PATCH('/people/{id}', {
        params: { path: { id: person.id } },
        body: { role: toMember ? 'member' : 'administrator' },
      }),
    onSuccess: async () => {
      onClose();
      if (isMe) {
        // First, so that nobody who may not see it is shown this screen.
        await router.navigate({ to: '/repositories' });
        await keeper.renew();
        await queryClient.invalidateQueries();
        return;
      }
      await queryClient.invalidateQueries({ queryKey: peopleKeys.all });
    },
  });
  useFreshAct(opened, change);
  return (
    <ConfirmDialog
      opened={opened}
      title={toMember ? texts.memberTitle(person.username) : texts.administratorTitle(person.username)}
      confirmLabel={toMember ? makeMember : makeAdministrator}
      destructive={toMember}
      pending={change.isPending}
      error={change.error}
      onConfirm={() => {
        change.mutate();
      }}
      onClose={onClose}
    >
      <Stack gap="xs">
        <Text>{toMember ? texts.memberDescription : texts.administratorDescription}</Text>
        {isMe && <Text fw={600}>{texts.myselfDescription}</Text>}
      </Stack>
    </ConfirmDialog>
  );
}
