import type { ListedGitProvider, TokenHelp } from '@anyforge/client';
import { Button, PasswordInput, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { refreshAfterSignIn, signInWithToken } from '../../api/connections.js';
import { useApi } from '../../api/use-api.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { useTexts } from '../../texts/use-texts.js';
import type { ConfigurationValues } from './configuration-fields.js';
import { firstUsername, placeProblem, toTokenInput, usernameOf } from './configuration-fields.js';
import { DialogActions } from './dialog-actions.js';
import { TokenLink } from './token-link.js';

export interface ConfigurationFormProps {
  readonly gitProvider: Pick<ListedGitProvider, 'id' | 'connection'>;
  readonly help: TokenHelp;
  /** Told whose the token is, once it has been checked and stored. */
  readonly onSaved: (username: string) => void;
  readonly onCancel?: (() => void) | undefined;
}

/** Username and token for one git provider: **Create configuration**. */
export function ConfigurationForm({
  gitProvider,
  help,
  onSaved,
  onCancel,
}: ConfigurationFormProps): ReactNode {
  const { connections, common } = useTexts();
  const texts = connections.configuration;
  const api = useApi();
  const queryClient = useQueryClient();
  const { id, connection } = gitProvider;
  const isConfigured = connection?.kind === 'token';
  const [chosen, setChosen] = useState(0);
  const variant = help.variants[chosen];
  const asked = usernameOf(help, variant);
  const usernameLabel = variant?.usernameLabel ?? texts.username;

  const form = useForm<ConfigurationValues>({
    mode: 'uncontrolled',
    initialValues: { username: firstUsername(connection, asked), token: '' },
    validate: {
      token: (token) => (token.trim() === '' ? texts.required.token : null),
      username: (username) =>
        asked === 'required' && username.trim() === '' ? texts.required.username(usernameLabel) : null,
    },
  });

  const saving = useMutation({
    mutationFn: (values: ConfigurationValues) => signInWithToken(api, id, toTokenInput(values, asked)),
    onSuccess: async ({ account }) => {
      form.reset();
      await refreshAfterSignIn(queryClient);
      onSaved(account.username);
    },
    onError: (error) => {
      form.setErrors({ ...placeProblem(error).fields });
    },
  });
  const { rest } = placeProblem(saving.error ?? undefined);

  return (
    <form
      onSubmit={form.onSubmit((values) => {
        if (!saving.isPending) saving.mutate(values);
      })}
      noValidate
    >
      <Stack gap="sm">
        {connection?.kind === 'oauth' && (
          <Text size="sm">{texts.replacesSignIn(connection.account.username)}</Text>
        )}
        {help.variants.length > 1 && (
          <Radio.Group
            label={texts.kind}
            value={chosen.toString()}
            onChange={(value) => {
              setChosen(Number(value));
              form.clearErrors();
            }}
          >
            <Stack gap={6} mt={4}>
              {help.variants.map(({ label }, index) => (
                <Radio key={label} value={index.toString()} label={label} />
              ))}
            </Stack>
          </Radio.Group>
        )}
        {variant !== undefined && <TokenLink variant={variant} />}
        {asked !== 'none' && (
          <TextInput
            key={form.key('username')}
            {...form.getInputProps('username')}
            label={asked === 'optional' ? texts.optional(usernameLabel) : usernameLabel}
            description={asked === 'optional' ? texts.usernameHelp : undefined}
            required={asked === 'required'}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
        <PasswordInput
          key={form.key('token')}
          {...form.getInputProps('token')}
          label={texts.token}
          description={isConfigured ? texts.tokenAgain : texts.tokenHelp}
          required
          autoComplete="off"
        />
        <ProblemAlert error={rest} />
      </Stack>
      <DialogActions>
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            {common.cancel}
          </Button>
        )}
        <Button type="submit" loading={saving.isPending}>
          {isConfigured ? texts.update : texts.create}
        </Button>
      </DialogActions>
    </form>
  );
}
