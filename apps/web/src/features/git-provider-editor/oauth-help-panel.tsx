import type { OAuthHelp } from '@anyforge/client';
import { ApiError } from '@anyforge/client';
import { Anchor, List, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useId } from 'react';
import { draftOAuthHelpQuery } from '../../api/git-provider-drafts.js';
import { gitProviderOAuthHelpQuery } from '../../api/git-providers.js';
import { useApi } from '../../api/use-api.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { readText } from '../../components/schema-form/config-values.js';
import { gitProviderEditorTexts } from '../../texts/git-provider-editor.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { CopyField } from './copy-field.js';
import { addressesOf } from './editor-values.js';
import type { Editor } from './use-editor.js';

/** How to register the application on that very host, with what is to be entered there ready to be copied. */
export function OAuthHelpPanel({ editor }: { readonly editor: Editor }): ReactNode {
  const { oauth } = useTextsOf(gitProviderEditorTexts);
  const id = useId();
  const api = useApi();
  const { draft, gitProvider, keepError } = editor;
  const ofDraft = useQuery({
    ...draftOAuthHelpQuery(api, draft?.id ?? '', draft === undefined ? '' : addressesOf(draft.config)),
    enabled: draft !== undefined && readText(draft.config, 'baseUrl') !== '',
    placeholderData: (former) => former,
  });
  const ofGitProvider = useQuery({
    ...gitProviderOAuthHelpQuery(api, gitProvider?.id ?? ''),
    enabled: draft === undefined && gitProvider !== undefined,
  });
  const { data, error, isLoading } = draft === undefined ? ofGitProvider : ofDraft;
  return (
    <Paper component="aside" aria-labelledby={id} p="md" bg="var(--anyforge-canvas)" withBorder>
      <Stack gap="sm">
        <Title order={3} size="h6" id={id}>
          {oauth.help}
        </Title>
        {keepError !== null && <ProblemAlert error={keepError} />}
        {isUnanswerable(error) ||
        (data === undefined && !isLoading && error === null && keepError === null) ? (
          <Text size="sm">{oauth.addressFirst}</Text>
        ) : error !== null ? (
          <ProblemAlert error={error} />
        ) : data === undefined ? (
          <Skeleton h={180} />
        ) : (
          <Help help={data} />
        )}
      </Stack>
    </Paper>
  );
}

function Help({ help: { registerUrl, fields, hints } }: { readonly help: OAuthHelp }): ReactNode {
  const { oauth } = useTextsOf(gitProviderEditorTexts);
  return (
    <>
      <Anchor href={registerUrl} target="_blank" rel="noreferrer" size="sm" fw={500}>
        {oauth.register} <IconExternalLink size={14} aria-hidden />
      </Anchor>
      <Text size="sm">{oauth.enterThere}</Text>
      {fields.map(({ label, value, copy }) => (
        <CopyField key={label} label={label} value={value} canCopy={copy} />
      ))}
      {hints.length > 0 && (
        <List size="sm" spacing={4}>
          {hints.map((hint) => (
            <List.Item key={hint}>{hint}</List.Item>
          ))}
        </List>
      )}
    </>
  );
}

/** What is typed does not suffice yet. */
function isUnanswerable(error: unknown): boolean {
  return error instanceof ApiError && error.status === 422;
}
