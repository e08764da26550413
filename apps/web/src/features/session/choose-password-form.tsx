import { Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode, SubmitEvent } from 'react';
import { useState } from 'react';
import { fieldErrorsOf } from '../../api/field-errors.js';
import { useApi } from '../../api/use-api.js';
import { isComplete, noPassword } from '../../components/new-password.js';
import { NewPasswordFields } from '../../components/new-password-fields.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { useCheckedForm } from '../../components/use-checked-form.js';
import { sessionTexts } from '../../texts/session.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { useBegin } from './use-begin.js';

export interface ChoosePasswordFormProps {
  readonly token: string;
  readonly username: string;
}

/** The password itself; whoever has chosen it is signed in. */
export function ChoosePasswordForm({ token, username }: ChoosePasswordFormProps): ReactNode {
  const { choosePassword: texts } = useTextsOf(sessionTexts);
  const api = useApi();
  const begin = useBegin();
  const [chosen, setChosen] = useState(noPassword);
  const choose = useMutation({
    mutationFn: async () => {
      await api.POST('/password-links/use', { body: { token, password: chosen.password } });
      await begin('/');
    },
    // What is secret is kept nowhere once it was sent.
    gcTime: 0,
  });
  const { form, isRefused, refuse } = useCheckedForm(choose.error);
  const { at, rest } = fieldErrorsOf(choose.error, ['password']);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!isComplete(chosen)) refuse();
    else if (!choose.isPending) choose.mutate();
  };
  return (
    <form ref={form} noValidate onSubmit={submit}>
      <Stack>
        {/* For password managers, which keep what is typed under it. */}
        <input type="hidden" name="username" autoComplete="username" value={username} readOnly />
        <NewPasswordFields
          texts={{ ...texts, hint: texts.passwordHint, short: texts.passwordShort }}
          value={chosen}
          onChange={setChosen}
          isRefused={isRefused}
          error={at['password']}
        />
        <ProblemAlert error={rest} />
        <Button type="submit" loading={choose.isPending}>
          {texts.submit}
        </Button>
      </Stack>
    </form>
  );
}
