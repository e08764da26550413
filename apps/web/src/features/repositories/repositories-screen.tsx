import { Group, Skeleton, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useMemo, useRef, useState } from 'react';
import { gitProvidersQuery } from '../../api/git-providers.js';
import { repositoriesQuery } from '../../api/repositories.js';
import { useApi } from '../../api/use-api.js';
import { useIsAdministrator } from '../../api/use-session.js';
import { LinkAnchor } from '../../components/links.js';
import { PageHeader } from '../../components/page-header.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { repositoriesTexts } from '../../texts/repositories.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { useProviderLooks } from '../syncs/use-provider-looks.js';
import { useSyncs } from '../syncs/use-syncs.js';
import { EmptyList } from './empty-list.js';
import { FilterChips } from './filter-chips.js';
import { ListNoticeAlerts } from './list-notice-alerts.js';
import { noticesOf } from './list-notices.js';
import { ListToolbar } from './list-toolbar.js';
import { organizationsOf } from './organizations-of.js';
import type { RepositoryListHandle } from './repository-list.js';
import { RepositoryList } from './repository-list.js';
import { activeFilters, noFilters, toFilters } from './repository-search.js';
import { useRepositorySearch } from './use-repository-search.js';

/** The repositories that I reach, on all git providers that I am signed in to. */
export function RepositoriesScreen(): ReactNode {
  const texts = useTextsOf(repositoriesTexts);
  const api = useApi();
  const administrator = useIsAdministrator();
  const [search, change] = useRepositorySearch();
  const list = useInfiniteQuery(repositoriesQuery(api, toFilters(search)));
  const providers = useQuery(gitProvidersQuery(api));
  const looks = useProviderLooks();
  const { syncs, open, error: syncsError } = useSyncs();
  const listHandle = useRef<RepositoryListHandle>(null);

  const pages = list.data?.pages;
  const rows = useMemo(() => pages?.flatMap(({ items }) => items) ?? [], [pages]);
  const organizations = useMemo(() => organizationsOf(rows), [rows]);
  const signedIn = providers.data?.filter(({ connection }) => connection !== null) ?? [];
  // What the last page says is the newest; and when there is no more, there are as many as there are.
  const total = list.hasNextPage ? Math.max(pages?.at(-1)?.total ?? 0, rows.length) : rows.length;
  const notices = noticesOf(providers.data ?? [], syncs ?? []);
  // What is to be said of the list comes with it, and does not push it down later; but it does not wait for what fails.
  const knowsNotices =
    (providers.data !== undefined || providers.failureCount > 0) &&
    (syncs !== undefined || syncsError !== null);
  // The rows of the last filters stay until those of the new ones have come, and with them what is said of them.
  const narrows = activeFilters(search).length > 0;
  const [narrowed, setNarrowed] = useState(narrows);
  if (narrowed !== narrows && !list.isPlaceholderData) setNarrowed(narrows);

  return (
    <Stack gap={0}>
      <PageHeader
        title={texts.title}
        actions={
          <LinkAnchor to="/why" size="sm">
            {texts.missing}
          </LinkAnchor>
        }
      />
      <ListToolbar
        search={search}
        onChange={change}
        providers={signedIn}
        organizations={organizations}
        onLeave={() => listHandle.current?.focus()}
      />
      <Group gap="sm" mih="2rem">
        <Text role="status" size="sm" c="dimmed">
          {pages === undefined ? '' : narrowed ? texts.countOfFilter(total) : texts.count(total)}
        </Text>
        <FilterChips search={search} providerName={(id) => looks.get(id)?.name} onChange={change} />
      </Group>
      {list.error === null ? null : (
        <ProblemAlert
          error={list.error}
          onRetry={() => {
            void list.refetch();
          }}
        />
      )}
      {total === 0 && providers.data === undefined ? (
        <ProblemAlert
          error={providers.error}
          onRetry={() => {
            void providers.refetch();
          }}
        />
      ) : null}
      {list.isPending || (total > 0 && !knowsNotices) ? <Bones /> : null}
      {notices.length === 0 || !knowsNotices ? null : <ListNoticeAlerts notices={notices} />}
      {pages !== undefined && total === 0 && providers.data !== undefined && !list.isPlaceholderData ? (
        <EmptyList
          search={search}
          providers={providers.data}
          looks={looks}
          sync={open}
          onClear={() => {
            change(noFilters);
          }}
          administrator={administrator}
        />
      ) : null}
      {total === 0 || !knowsNotices ? null : (
        <RepositoryList
          ref={listHandle}
          rows={rows}
          total={total}
          hasMore={list.hasNextPage}
          isFetching={list.isFetching}
          onMore={() => {
            void list.fetchNextPage();
          }}
          stale={list.isPlaceholderData}
          looks={looks}
          search={search}
          onSort={change}
        />
      )}
    </Stack>
  );
}

/** As many rows as a screen shows, each as high as the ones that come. */
function Bones(): ReactNode {
  return (
    <Stack gap="xs" aria-hidden>
      {Array.from({ length: 10 }, (_, index) => (
        <Skeleton key={index} height={48} radius="sm" />
      ))}
    </Stack>
  );
}
