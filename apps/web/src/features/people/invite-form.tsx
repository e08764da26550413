import type { InvitedPerson, Person } from '@anyforge/client';
import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { fieldErrorsOf } from '../../api/field-errors.js';
import { peopleKeys } from '../../api/people.js';
import { useApi } from '../../api/use-api.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { UsernameField } from '../../components/username-field.js';
import { peopleTexts } from '../../texts/people.js';
import { useTexts, useTextsOf } from '../../texts/use-texts.js';

export interface InviteFormProps {
  readonly onInvited: (invited: InvitedPerson) => void;
  readonly onCancel: () => void;
}

const roles: readonly Person['role'][] = ['member', 'administrator'];

interface Values {
  readonly username: string;
  readonly displayName: string;
  readonly role: Person['role'];
}

const initialValues: Values = { username: '', displayName: '', role: 'member' };

/** Who is invited. */
export function InviteForm({ onInvited, onCancel }: InviteFormProps): ReactNode {
  const people = useTextsOf(peopleTexts);
  const { common } = useTexts();
  const { inviting: texts } = people;
  const api = useApi();
  const queryClient = useQueryClient();
  const form = useForm({ initialValues });
  const invite = useMutation({
    mutationFn: ({ username, displayName, role }: Values) =>
      api.POST('/people', {
        body: { username, role, displayName: displayName.trim() === '' ? null : displayName },
      }),
    // The secret in the answer is kept nowhere but in the dialog.
    gcTime: 0,
    onSuccess: async (invited) => {
      onInvited(invited);
      await queryClient.invalidateQueries({ queryKey: peopleKeys.all });
    },
  });
  const { at, rest } = fieldErrorsOf(invite.error, ['username', 'displayName', 'role'], {
    duplicate_name: 'username',
  });
  const submit = form.onSubmit((values) => {
    if (!invite.isPending) invite.mutate(values);
  });
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{texts.description}</Text>
        <UsernameField
          data-autofocus
          label={texts.username}
          autoComplete="off"
          {...form.getInputProps('username')}
          error={at['username']}
        />
        <TextInput
          label={texts.displayName}
          description={texts.displayNameHint}
          autoComplete="off"
          {...form.getInputProps('displayName')}
          error={at['displayName']}
        />
        <NativeSelect
          label={texts.role}
          data={roles.map((role) => ({ value: role, label: people.roles[role] }))}
          {...form.getInputProps('role')}
          error={at['role']}
        />
        <ProblemAlert error={rest} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={invite.isPending}>
            {texts.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
