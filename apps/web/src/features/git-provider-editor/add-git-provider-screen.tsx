import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { providerTypesQuery } from '../../api/provider-types.js';
import { useApi } from '../../api/use-api.js';
import { PageHeader } from '../../components/page-header.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { gitProviderEditorTexts } from '../../texts/git-provider-editor.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { AddGitProvider } from './add-git-provider.js';
import { DraftGone } from './draft-gone.js';
import { useFormerDraft } from './use-former-draft.js';

const route = getRouteApi('/git-providers/new');

/** Adds a git provider, in five sections; goes on with what was typed before the page was loaded again. */
export function AddGitProviderScreen(): ReactNode {
  const texts = useTextsOf(gitProviderEditorTexts);
  return (
    <Stack gap="lg" maw={860}>
      <PageHeader title={texts.title} description={texts.intro} />
      <Content />
    </Stack>
  );
}

function Content(): ReactNode {
  const types = useQuery(providerTypesQuery(useApi()));
  const former = useFormerDraft(route.useSearch().draft);
  const error = types.error ?? former.error;
  if (error !== null) return <ProblemAlert error={error} />;
  if (types.data === undefined || former.isLoading) return <Skeleton h={260} />;
  return (
    <>
      {former.draft === null && <DraftGone />}
      <AddGitProvider
        types={types.data}
        formerDraft={former.draft ?? undefined}
        resumedSignIn={former.signInId}
      />
    </>
  );
}
