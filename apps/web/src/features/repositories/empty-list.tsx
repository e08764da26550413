import type { ListedGitProvider, Sync } from '@anyforge/client';
import { Button, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { LinkAnchor, LinkButton } from '../../components/links.js';
import { EmptyState } from '../../components/empty-state.js';
import { repositoriesTexts } from '../../texts/repositories.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { SyncTaskLine } from '../syncs/sync-task-line.js';
import type { ProviderLook } from '../syncs/use-provider-looks.js';
import { emptyReason } from './empty-reason.js';
import type { RepositorySearch } from './repository-search.js';

interface EmptyListProps {
  readonly search: RepositorySearch;
  readonly providers: readonly ListedGitProvider[];
  readonly looks: ReadonlyMap<string, ProviderLook>;
  /** The one that runs. */
  readonly sync: Sync | undefined;
  readonly administrator: boolean;
  readonly onClear: () => void;
}

/** Why there is nothing to see, and what one can do about it. */
export function EmptyList(props: EmptyListProps): ReactNode {
  const { search, providers, looks, sync, administrator, onClear } = props;
  const texts = useTextsOf(repositoriesTexts);
  const reason = emptyReason({ search, providers, syncing: sync !== undefined });
  const { empty } = texts;
  switch (reason) {
    case 'no-providers':
      return (
        <EmptyState
          title={empty.noProviders.title}
          description={administrator ? empty.noProviders.administrator : empty.noProviders.member}
          action={
            administrator ? (
              <LinkButton to="/git-providers/new">{empty.noProviders.action}</LinkButton>
            ) : undefined
          }
        />
      );
    case 'not-signed-in':
      return (
        <EmptyState
          title={empty.notSignedIn.title}
          description={empty.notSignedIn.description}
          action={<LinkButton to="/git-providers">{empty.notSignedIn.action}</LinkButton>}
        />
      );
    case 'filtered':
      return (
        <EmptyState
          title={empty.filtered.title}
          description={empty.filtered.description}
          action={
            <Stack align="center" gap="sm">
              <Button onClick={onClear}>{texts.clearFilters}</Button>
              <WhyLink search={search} />
            </Stack>
          }
        />
      );
    case 'syncing':
      return (
        <EmptyState
          title={empty.syncing.title}
          description={empty.syncing.description}
          action={
            <Stack w="min(24rem, 100%)" ta="start">
              {sync?.tasks.map((task) => (
                <SyncTaskLine key={task.id} task={task} provider={looks.get(task.gitProviderId)} />
              ))}
            </Stack>
          }
        />
      );
    case 'nothing':
      return (
        <EmptyState
          title={empty.nothing.title}
          description={empty.nothing.description}
          action={<WhyLink search={search} />}
        />
      );
  }
}

function WhyLink({ search }: { readonly search: RepositorySearch }): ReactNode {
  const { empty } = useTextsOf(repositoriesTexts);
  const { search: path, gitProvider } = search;
  return (
    <LinkAnchor
      to="/why"
      search={{ path, gitProvider }}
      size="sm"
      maw="100%"
      style={{ overflowWrap: 'anywhere' }}
    >
      {path === undefined ? empty.why : empty.whySearched(shortened(path))}
    </LinkAnchor>
  );
}

const longestSearched = 60;

/** As much of what was searched as one needs to know it again. */
function shortened(searched: string): string {
  return searched.length > longestSearched ? `${searched.slice(0, longestSearched)}…` : searched;
}
