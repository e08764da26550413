import { Button, Skeleton, Stack } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { gitProviderKeys, gitProvidersQuery } from '../../api/git-providers.js';
import { useApi } from '../../api/use-api.js';
import { EmptyState } from '../../components/empty-state.js';
import { LinkButton } from '../../components/links.js';
import { PageHeader } from '../../components/page-header.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { healthTexts } from '../../texts/health.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { useProviderLooks } from '../syncs/use-provider-looks.js';
import { ProviderHealthCard } from './provider-health-card.js';

/** How the git providers are doing, for administrators. */
export function HealthScreen(): ReactNode {
  const texts = useTextsOf(healthTexts);
  const queryClient = useQueryClient();
  const { data: providers, error, isFetching } = useQuery(gitProvidersQuery(useApi()));
  const looks = useProviderLooks();
  const askAgain = (): void => {
    void queryClient.invalidateQueries({ queryKey: gitProviderKeys.all });
  };
  return (
    <Stack>
      <PageHeader
        title={texts.title}
        description={texts.description}
        actions={
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} aria-hidden />}
            loading={isFetching}
            onClick={askAgain}
          >
            {texts.refresh}
          </Button>
        }
      />
      <ProblemAlert error={error} onRetry={askAgain} />
      {providers === undefined && error === null ? <Bones /> : null}
      {providers?.length === 0 ? (
        <EmptyState
          title={texts.empty.title}
          description={texts.empty.description}
          action={<LinkButton to="/git-providers/new">{texts.empty.action}</LinkButton>}
        />
      ) : null}
      {providers?.map((provider) => (
        <ProviderHealthCard key={provider.id} provider={provider} logo={looks.get(provider.id)?.logo} />
      ))}
    </Stack>
  );
}

/** As high as the cards that come. */
function Bones(): ReactNode {
  return [0, 1, 2].map((index) => <Skeleton key={index} height={260} radius="md" />);
}
