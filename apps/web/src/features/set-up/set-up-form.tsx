import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { fieldErrorsOf } from '../../api/field-errors.js';
import { useApi } from '../../api/use-api.js';
import { isComplete, noPassword } from '../../components/new-password.js';
import { NewPasswordFields } from '../../components/new-password-fields.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { useCheckedForm } from '../../components/use-checked-form.js';
import { UsernameField } from '../../components/username-field.js';
import { sessionTexts } from '../../texts/session.js';
import { setUpTexts } from '../../texts/set-up.js';
import { useTexts, useTextsOf } from '../../texts/use-texts.js';
import { useBegin } from '../session/use-begin.js';

export interface SetUpFormProps {
  readonly codeRequired: boolean;
  /** What the link had; empty: it has to be typed. */
  readonly linkedCode: string;
}

const fields = ['username', 'displayName', 'password', 'code'];

/** The administrator's account. */
export function SetUpForm({ codeRequired, linkedCode }: SetUpFormProps): ReactNode {
  const texts = useTextsOf(setUpTexts);
  const session = useTextsOf(sessionTexts);
  const { needed } = useTexts().common;
  const api = useApi();
  const begin = useBegin();
  const form = useForm({ initialValues: { username: '', displayName: '', code: linkedCode } });
  const [chosen, setChosen] = useState(noPassword);
  const create = useMutation({
    mutationFn: async ({ username, displayName, code }: typeof form.values) => {
      await api.POST('/setup', {
        body: {
          username,
          displayName: displayName === '' ? null : displayName,
          password: chosen.password,
          ...(codeRequired && { code }),
        },
      });
      await begin('/git-providers');
    },
    // What is secret is kept nowhere once it was sent.
    gcTime: 0,
  });
  const { form: element, isRefused, refuse } = useCheckedForm(create.error);
  const { at, rest } = fieldErrorsOf(create.error, fields, codeRequired ? { wrong_set_up_code: 'code' } : {});
  const missing = (value: string) => (isRefused && value === '' ? needed : undefined);
  const submit = form.onSubmit((values) => {
    const lacks = values.username === '' || (codeRequired && values.code === '');
    if (lacks || !isComplete(chosen)) refuse();
    else if (!create.isPending) create.mutate(values);
  });
  return (
    <form ref={element} noValidate onSubmit={submit}>
      <Stack>
        {codeRequired && (
          <TextInput
            label={texts.code}
            description={texts.codeHint}
            autoComplete="off"
            spellCheck={false}
            required
            withAsterisk={false}
            {...form.getInputProps('code')}
            error={missing(form.values.code) ?? at['code']}
          />
        )}
        <UsernameField
          label={texts.username}
          name="username"
          autoComplete="username"
          {...form.getInputProps('username')}
          error={missing(form.values.username) ?? at['username']}
        />
        <TextInput
          label={texts.displayName}
          description={texts.displayNameHint}
          autoComplete="name"
          {...form.getInputProps('displayName')}
          error={at['displayName']}
        />
        <NewPasswordFields
          texts={{
            password: texts.password,
            hint: texts.passwordHint,
            short: session.choosePassword.passwordShort,
            repeat: session.choosePassword.repeat,
            mismatch: session.choosePassword.mismatch,
          }}
          value={chosen}
          onChange={setChosen}
          isRefused={isRefused}
          error={at['password']}
        />
        <ProblemAlert error={rest} />
        <Button type="submit" loading={create.isPending}>
          {texts.submit}
        </Button>
      </Stack>
    </form>
  );
}
