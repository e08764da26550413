import type { Person } from '@anyforge/client';
import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode, SubmitEvent } from 'react';
import { useState } from 'react';
import { accountKeys } from '../../api/account.js';
import { fieldErrorsOf } from '../../api/field-errors.js';
import { useApi } from '../../api/use-api.js';
import { notifyOfSuccess } from '../../components/notify.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { accountTexts } from '../../texts/account.js';
import { peopleTexts } from '../../texts/people.js';
import { useTextsOf } from '../../texts/use-texts.js';

/** The name that is shown. */
export function ProfileForm({ account }: { readonly account: Person }): ReactNode {
  const { profile } = useTextsOf(accountTexts);
  const { roles } = useTextsOf(peopleTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const [displayName, setDisplayName] = useState(account.displayName ?? '');
  const save = useMutation({
    mutationFn: () =>
      api.PATCH('/account', { body: { displayName: displayName.trim() === '' ? null : displayName } }),
    onSuccess: (changed) => {
      queryClient.setQueryData(accountKeys.mine, changed);
      setDisplayName(changed.displayName ?? '');
      notifyOfSuccess(profile.saved);
    },
  });
  const { at, rest } = fieldErrorsOf(save.error, ['displayName']);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Title order={2}>{profile.title}</Title>
        <Group gap="xl">
          <div>
            <Text size="sm" c="dimmed">
              {profile.username}
            </Text>
            <Text>{account.username}</Text>
          </div>
          <div>
            <Text size="sm" c="dimmed">
              {profile.role}
            </Text>
            <Text>{roles[account.role]}</Text>
          </div>
        </Group>
        <TextInput
          label={profile.displayName}
          description={profile.displayNameHint}
          autoComplete="name"
          value={displayName}
          error={at['displayName']}
          onChange={({ currentTarget }) => {
            setDisplayName(currentTarget.value);
          }}
        />
        <ProblemAlert error={rest} />
        <Group>
          <Button type="submit" loading={save.isPending}>
            {profile.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
