import type { TokenHelp, TokenInput } from '@anyforge/client';
import { Anchor, Button, Fieldset, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { draftKeys, draftTokenHelpQuery, putDraftToken } from '../../api/git-provider-drafts.js';
import { useApi } from '../../api/use-api.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { gitProviderEditorTexts } from '../../texts/git-provider-editor.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { placeProblem, toTokenInput } from '../connections/configuration-fields.js';
import { TokenFields } from '../connections/token-fields.js';
import { useTokenForm } from '../connections/use-token-form.js';
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
  const { token: texts } = useTextsOf(gitProviderEditorTexts);
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
  const { token: texts } = useTextsOf(gitProviderEditorTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const tokenForm = useTokenForm(help, null);
  const { form, asked } = tokenForm;
  const signingIn = useMutation({
    mutationFn: (input: TokenInput) => putDraftToken(api, draftId, input),
    // What is secret is kept nowhere once it was sent.
    gcTime: 0,
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
    <Fieldset legend={texts.title} w="100%" maw={520}>
      <form
        noValidate
        onSubmit={form.onSubmit((values) => {
          if (!signingIn.isPending) signingIn.mutate(toTokenInput(values, asked));
        })}
      >
        <Stack gap="sm">
          <Text size="sm">{texts.description}</Text>
          <TokenFields help={help} tokenForm={tokenForm} />
          {rest !== undefined && <ProblemAlert error={rest} />}
          <Button type="submit" loading={signingIn.isPending} w="fit-content">
            {texts.use}
          </Button>
        </Stack>
      </form>
    </Fieldset>
  );
}
