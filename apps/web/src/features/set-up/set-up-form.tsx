import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { fieldErrorsOf } from '../../api/field-errors.js';
import { useApi } from '../../api/use-api.js';
import { isRepeated, NewPasswordFields, noPassword } from '../../components/new-password-fields.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { sessionTexts } from '../../texts/session.js';
import { setUpTexts } from '../../texts/set-up.js';
import { useTextsOf } from '../../texts/use-texts.js';
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
  const { at, rest } = fieldErrorsOf(create.error, fields, codeRequired ? { wrong_set_up_code: 'code' } : {});
  const submit = form.onSubmit((values) => {
    if (isRepeated(chosen) && !create.isPending) create.mutate(values);
  });
  return (
    <form onSubmit={submit}>
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
            error={at['code']}
          />
        )}
        <TextInput
          label={texts.username}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          {...form.getInputProps('username')}
          error={at['username']}
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
            repeat: session.choosePassword.repeat,
            mismatch: session.choosePassword.mismatch,
          }}
          value={chosen}
          onChange={setChosen}
          error={at['password']}
        />
        <ProblemAlert error={rest} />
        <Button type="submit" disabled={!isRepeated(chosen)} loading={create.isPending}>
          {texts.submit}
        </Button>
      </Stack>
    </form>
  );
}
