import type { ListedGitProvider } from '@anyforge/client';
import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { gitProviderQuery } from '../../api/git-providers.js';
import { providerTypesQuery } from '../../api/provider-types.js';
import { useApi } from '../../api/use-api.js';
import { useIsAdministrator } from '../../api/use-session.js';
import { isNotThere } from '../../components/is-not-there.js';
import { LinkButton } from '../../components/links.js';
import { PageHeader } from '../../components/page-header.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { gitProviderEditorTexts } from '../../texts/git-provider-editor.js';
import { useTexts, useTextsOf } from '../../texts/use-texts.js';
import { GitProviderConnectionScreen } from '../connections/git-provider-connection-screen.js';
import { EditGitProvider } from './edit-git-provider.js';
import { useFormerDraft } from './use-former-draft.js';

const route = getRouteApi('/git-providers/$id');

/** A git provider: for administrators all its settings, for everybody else their own sign-in. */
export function GitProviderScreen(): ReactNode {
  const { id } = route.useParams();
  const gitProviderEditor = useTextsOf(gitProviderEditorTexts);
  const { common } = useTexts();
  const isAdministrator = useIsAdministrator();
  const { data: gitProvider, error, refetch } = useQuery(gitProviderQuery(useApi(), id));
  // Also where it was there a moment ago.
  if (isNotThere(error)) return <NotThere />;
  if (gitProvider === undefined) {
    return (
      <Stack gap="lg" maw={860}>
        <PageHeader title={error === null ? common.loading : gitProviderEditor.notThere.failed} />
        {error === null ? (
          <Skeleton h={260} />
        ) : (
          <ProblemAlert error={error} onRetry={() => void refetch()} />
        )}
      </Stack>
    );
  }
  if (!isAdministrator) return <GitProviderConnectionScreen gitProvider={gitProvider} />;
  return <Administration key={id} gitProvider={gitProvider} />;
}

function NotThere(): ReactNode {
  const { notThere: texts } = useTextsOf(gitProviderEditorTexts);
  return (
    <Stack align="flex-start" gap="sm">
      <PageHeader title={texts.title} description={texts.description} />
      <LinkButton to="/git-providers">{texts.back}</LinkButton>
    </Stack>
  );
}

function Administration({ gitProvider }: { readonly gitProvider: ListedGitProvider }): ReactNode {
  const types = useQuery(providerTypesQuery(useApi()));
  const former = useFormerDraft(route.useSearch().draft);
  const error = types.error ?? former.error;
  const type = types.data?.find((one) => one.type === gitProvider.type);
  return (
    <Stack gap="lg" maw={860}>
      <PageHeader title={gitProvider.name} />
      {error !== null ? (
        <ProblemAlert error={error} />
      ) : types.data === undefined || former.isLoading ? (
        <Skeleton h={260} />
      ) : (
        <EditGitProvider
          gitProvider={gitProvider}
          type={type}
          formerDraft={former.draft?.gitProviderId === gitProvider.id ? former.draft : undefined}
          isDraftGone={former.draft === null}
          resumedSignIn={former.signInId}
        />
      )}
    </Stack>
  );
}
