import type { Person } from '@anyforge/client';
import { ApiError } from '@anyforge/client';
import { Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode, SubmitEvent } from 'react';
import { useRef, useState } from 'react';
import { fieldErrorsOf } from '../../api/field-errors.js';
import { useApi } from '../../api/use-api.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { UsernameField } from '../../components/username-field.js';
import { sessionTexts } from '../../texts/session.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { PasswordField } from '../../components/password-field.js';

export interface SignInFormProps {
  /** Whom it is likely to be. */
  readonly username?: string | undefined;
  readonly onSignedIn: (person: Person) => void | Promise<void>;
  /** Stands before the button. */
  readonly cancel?: ReactNode;
}

/** Username and password. */
export function SignInForm({ username: likely = '', onSignedIn, cancel }: SignInFormProps): ReactNode {
  const texts = useTextsOf(sessionTexts);
  const api = useApi();
  const [username, setUsername] = useState(likely);
  const [password, setPassword] = useState('');
  const passwordField = useRef<HTMLInputElement>(null);
  const signIn = useMutation({
    mutationFn: async () => {
      const { person } = await api.POST('/session', { body: { username, password } });
      await onSignedIn(person);
    },
    // What is secret is kept nowhere once it was sent.
    gcTime: 0,
    onError: (error) => {
      if (!(error instanceof ApiError && error.code === 'wrong_credentials')) return;
      setPassword('');
      passwordField.current?.focus();
    },
  });
  const { at, rest } = fieldErrorsOf(signIn.error, [], { wrong_credentials: 'password' });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!signIn.isPending) signIn.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <UsernameField
          label={texts.username}
          name="username"
          autoComplete="username"
          autoFocus={likely === ''}
          value={username}
          onChange={({ currentTarget }) => {
            setUsername(currentTarget.value);
          }}
        />
        <PasswordField
          ref={passwordField}
          label={texts.password}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          data-autofocus={likely !== '' || undefined}
          value={password}
          error={at['password']}
          onChange={({ currentTarget }) => {
            setPassword(currentTarget.value);
          }}
        />
        <ProblemAlert error={rest} />
        <Button type="submit" loading={signIn.isPending} fullWidth>
          {texts.signIn}
        </Button>
        {cancel}
      </Stack>
    </form>
  );
}
