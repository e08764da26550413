import { Stack, TextInput, VisuallyHidden } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { gitProvidersQuery } from '../../api/git-providers.js';
import { useApi } from '../../api/use-api.js';
import { useIsAdministrator } from '../../api/use-session.js';
import { LinkButton } from '../../components/links.js';
import { PageHeader } from '../../components/page-header.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { gitProvidersTexts } from '../../texts/git-providers.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { ResumedSignIn } from '../connections/resumed-sign-in.js';
import { filterGitProviders } from './filter-git-providers.js';
import { GitProviderList } from './git-provider-list.js';
import { GitProviderSkeletons } from './git-provider-skeletons.js';
import { NoGitProvider } from './no-git-provider.js';
import { NothingFound } from './nothing-found.js';

const route = getRouteApi('/git-providers');

/** All git providers, and whom I am at each. */
export function GitProvidersScreen(): ReactNode {
  const texts = useTextsOf(gitProvidersTexts);
  const isAdministrator = useIsAdministrator();
  const { search: linked = '' } = route.useSearch();
  const navigate = route.useNavigate();
  // What is typed is shown at once; the address follows.
  const [search, setTyped] = useState(linked);
  const { data: all, error, refetch } = useQuery(gitProvidersQuery(useApi()));

  const setSearch = (typed: string) => {
    setTyped(typed);
    void navigate({ search: typed === '' ? {} : { search: typed }, replace: true });
  };
  const found = all && filterGitProviders(all, search);
  return (
    <Stack gap="sm">
      <PageHeader
        title={texts.title}
        actions={
          isAdministrator &&
          all?.length !== 0 && (
            <LinkButton to="/git-providers/new" leftSection={<IconPlus size={18} aria-hidden />}>
              {texts.add}
            </LinkButton>
          )
        }
      />
      {all?.length === 0 ? (
        <NoGitProvider isAdministrator={isAdministrator} />
      ) : (
        <>
          <TextInput
            type="search"
            maw="28rem"
            aria-label={texts.search}
            placeholder={texts.search}
            leftSection={<IconSearch size={18} aria-hidden />}
            value={search}
            onChange={(event) => {
              setSearch(event.currentTarget.value);
            }}
          />
          <VisuallyHidden role="status">{search !== '' && found && texts.found(found.length)}</VisuallyHidden>
          {found === undefined ? (
            error === null ? (
              <GitProviderSkeletons />
            ) : (
              <ProblemAlert error={error} onRetry={() => void refetch()} />
            )
          ) : found.length === 0 ? (
            <NothingFound
              onShowAll={() => {
                setSearch('');
              }}
            />
          ) : (
            <GitProviderList gitProviders={found} />
          )}
        </>
      )}
      <ResumedSignIn returnTo="/git-providers" />
    </Stack>
  );
}
