import type { Person } from '@anyforge/client';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode, SubmitEvent } from 'react';
import { useState } from 'react';
import { fieldErrorsOf } from '../../api/field-errors.js';
import { sessionKeys } from '../../api/session.js';
import { useApi } from '../../api/use-api.js';
import { isComplete, noPassword } from '../../components/new-password.js';
import { NewPasswordFields } from '../../components/new-password-fields.js';
import { notifyOfSuccess } from '../../components/notify.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { useCheckedForm } from '../../components/use-checked-form.js';
import { accountTexts } from '../../texts/account.js';
import { useTexts, useTextsOf } from '../../texts/use-texts.js';
import { PasswordField } from '../../components/password-field.js';

/** Another password. */
export function PasswordForm({ account }: { readonly account: Person }): ReactNode {
  const texts = useTexts();
  const { password } = useTextsOf(accountTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const [currentPassword, setCurrent] = useState('');
  const [chosen, setChosen] = useState(noPassword);
  const change = useMutation({
    mutationFn: () =>
      api.PUT('/account/password', { body: { currentPassword, newPassword: chosen.password } }),
    // What is secret is kept nowhere once it was sent.
    gcTime: 0,
    onSuccess: async () => {
      reset();
      setCurrent('');
      setChosen(noPassword);
      notifyOfSuccess(password.changed);
      await queryClient.invalidateQueries({ queryKey: sessionKeys.all });
    },
  });
  const { form, isRefused, refuse, reset } = useCheckedForm(change.error);
  const { at, rest } = fieldErrorsOf(change.error, ['currentPassword', 'newPassword']);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (currentPassword === '' || !isComplete(chosen)) refuse();
    else if (!change.isPending) change.mutate();
  };
  if (account.signsInWith !== 'password') {
    return (
      <Stack gap="xs">
        <Title order={2}>{password.title}</Title>
        <Text>{password.elsewhere}</Text>
      </Stack>
    );
  }
  return (
    <form ref={form} noValidate onSubmit={submit}>
      <Stack>
        <div>
          <Title order={2}>{password.title}</Title>
          <Text size="sm" c="dimmed">
            {password.description}
          </Text>
        </div>
        <input type="hidden" name="username" autoComplete="username" value={account.username} readOnly />
        <PasswordField
          label={password.current}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={currentPassword}
          error={isRefused && currentPassword === '' ? texts.common.needed : at['currentPassword']}
          onChange={({ currentTarget }) => {
            setCurrent(currentTarget.value);
          }}
        />
        <NewPasswordFields
          texts={{
            password: password.new,
            hint: password.newHint,
            short: password.newShort,
            repeat: password.repeat,
            mismatch: password.mismatch,
          }}
          value={chosen}
          onChange={setChosen}
          isRefused={isRefused}
          error={at['newPassword']}
        />
        <ProblemAlert error={rest} />
        <Group>
          <Button type="submit" loading={change.isPending}>
            {password.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
