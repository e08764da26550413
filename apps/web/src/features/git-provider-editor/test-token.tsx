import type { TokenHelp, TokenInput } from '@anyforge/client';
import { Anchor, Button, Fieldset, PasswordInput, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { draftKeys, draftTokenHelpQuery, putDraftToken } from '../../api/git-provider-drafts.js';
import { useApi } from '../../api/use-api.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { useTexts } from '../../texts/use-texts.js';
import type { ConfigurationValues } from '../connections/configuration-fields.js';
import { placeProblem, toTokenInput, usernameOf } from '../connections/configuration-fields.js';
import { TokenLink } from '../connections/token-link.js';
import { addressesOf } from './editor-values.js';
import type { Editor } from './use-editor.js';

export interface TestTokenProps {
  readonly editor: Editor;
  /** Whether there is no other way to sign in: then it is shown at once. */
  readonly isFirst: boolean;
  readonly onSignedIn: () => void;
}

/** Signs in for the test with a token. */
export function TestToken({ editor: { draft }, isFirst, onSignedIn }: TestTokenProps): ReactNode {
  const { token: texts } = useTexts().gitProviderEditor;
  const api = useApi();
  const [isShown, setIsShown] = useState(false);
  const isNeeded = draft !== undefined && (isFirst || isShown);
  const { data: help, error } = useQuery({
    ...draftTokenHelpQuery(api, draft?.id ?? '', addressesOf(draft?.config)),
    enabled: isNeeded,
  });
  if (!isNeeded) {
    return (
      <Anchor
        component="button"
        type="button"
        size="sm"
        onClick={() => {
          setIsShown(true);
        }}
      >
        {texts.instead}
      </Anchor>
    );
  }
  if (error !== null) return <ProblemAlert error={error} />;
  return help && <TokenForm draftId={draft.id} help={help} onSignedIn={onSignedIn} />;
}

interface TokenFormProps {
  readonly draftId: string;
  readonly help: TokenHelp;
  readonly onSignedIn: () => void;
}

function TokenForm({ draftId, help, onSignedIn }: TokenFormProps): ReactNode {
  const { connections, gitProviderEditor } = useTexts();
  const texts = connections.configuration;
  const api = useApi();
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState(0);
  const variant = help.variants[chosen];
  const asked = usernameOf(help, variant);
  const usernameLabel = variant?.usernameLabel ?? texts.username;
  const form = useForm<ConfigurationValues>({
    mode: 'uncontrolled',
    initialValues: { username: '', token: '' },
    validate: {
      token: (token) => (token.trim() === '' ? texts.required.token : null),
      username: (username) =>
        asked === 'required' && username.trim() === '' ? texts.required.username(usernameLabel) : null,
    },
  });
  const signingIn = useMutation({
    mutationFn: (input: TokenInput) => putDraftToken(api, draftId, input),
    onSuccess: (draft) => {
      queryClient.setQueryData(draftKeys.one(draft.id), draft);
      form.reset();
      onSignedIn();
    },
    onError: (error) => {
      form.setErrors({ ...placeProblem(error).fields });
    },
  });
  const { rest } = placeProblem(signingIn.error ?? undefined);
  return (
    <Fieldset legend={gitProviderEditor.token.title} w="100%" maw={520}>
      <form
        noValidate
        onSubmit={form.onSubmit((values) => {
          if (!signingIn.isPending) signingIn.mutate(toTokenInput(values, asked));
        })}
      >
        <Stack gap="sm">
          <Text size="sm">{gitProviderEditor.token.description}</Text>
          {help.variants.length > 1 && (
            <Radio.Group
              label={texts.kind}
              value={String(chosen)}
              onChange={(value) => {
                setChosen(Number(value));
                form.clearErrors();
              }}
            >
              <Stack gap={6} mt={4}>
                {help.variants.map(({ label }, index) => (
                  <Radio key={label} value={String(index)} label={label} />
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
            required
            autoComplete="off"
          />
          {rest !== undefined && <ProblemAlert error={rest} />}
          <Button type="submit" loading={signingIn.isPending} w="fit-content">
            {gitProviderEditor.token.use}
          </Button>
        </Stack>
      </form>
    </Fieldset>
  );
}
