import type { ListedGitProvider, TokenHelp } from '@anyforge/client';
import { Button, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { refreshAfterSignIn, signInWithToken } from '../../api/connections.js';
import { useApi } from '../../api/use-api.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { connectionsTexts } from '../../texts/connections.js';
import { useTexts, useTextsOf } from '../../texts/use-texts.js';
import type { ConfigurationValues } from './configuration-fields.js';
import { placeProblem, toTokenInput } from './configuration-fields.js';
import { DialogActions } from './dialog-actions.js';
import { TokenFields } from './token-fields.js';
import { useTokenForm } from './use-token-form.js';

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
  const connections = useTextsOf(connectionsTexts);
  const { common } = useTexts();
  const texts = connections.configuration;
  const api = useApi();
  const queryClient = useQueryClient();
  const { id, connection } = gitProvider;
  const isConfigured = connection?.kind === 'token';
  const tokenForm = useTokenForm(help, connection);
  const { form, asked } = tokenForm;

  const saving = useMutation({
    mutationFn: (values: ConfigurationValues) => signInWithToken(api, id, toTokenInput(values, asked)),
    // What is secret is kept nowhere once it was sent.
    gcTime: 0,
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
        <TokenFields
          help={help}
          tokenForm={tokenForm}
          usernameHelp={texts.usernameHelp}
          tokenHelp={isConfigured ? texts.tokenAgain : texts.tokenHelp}
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
