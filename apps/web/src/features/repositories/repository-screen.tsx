import { Button, Card, Group, Skeleton, Stack, Title } from '@mantine/core';
import { IconArrowLeft, IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { repositoryQuery } from '../../api/repositories.js';
import { useApi } from '../../api/use-api.js';
import { isNotThere } from '../../components/is-not-there.js';
import { LinkAnchor, LinkButton } from '../../components/links.js';
import { PageHeader } from '../../components/page-header.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { repositoriesTexts } from '../../texts/repositories.js';
import { repositoryTexts } from '../../texts/repository.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { whyTexts } from '../../texts/why.js';
import { useProviderLooks } from '../syncs/use-provider-looks.js';
import { CloneCommands } from './clone-commands.js';
import { RepositoryExplanation } from './repository-explanation.js';
import { RepositoryFacts } from './repository-facts.js';
import { RepositoryPermissions } from './repository-permissions.js';

const route = getRouteApi('/repositories/$id');

/** One repository: what is known of it, how one gets it, who may do what there, and why I see it. */
export function RepositoryScreen(): ReactNode {
  const list = useTextsOf(repositoriesTexts);
  const texts = useTextsOf(repositoryTexts);
  const { showWhy } = useTextsOf(whyTexts);
  const { id } = route.useParams();
  const { data: repository, error, refetch } = useQuery(repositoryQuery(useApi(), id));
  const looks = useProviderLooks();
  // Whatever was known of it before: I do not reach it any more.
  if (isNotThere(error)) return <NotListed />;
  if (repository === undefined && error !== null) {
    return (
      <Stack>
        <PageHeader title={list.title} />
        <ProblemAlert
          error={error}
          onRetry={() => {
            void refetch();
          }}
        />
      </Stack>
    );
  }
  const provider = repository === undefined ? undefined : looks.get(repository.gitProviderId);
  return (
    <Stack>
      <LinkAnchor to="/repositories" size="sm">
        <Group gap={4} component="span">
          <IconArrowLeft size={16} aria-hidden />
          {texts.back}
        </Group>
      </LinkAnchor>
      <PageHeader
        title={repository?.path ?? list.title}
        description={repository?.description}
        actions={
          repository?.webUrl === undefined ? undefined : (
            <Button
              component="a"
              href={repository.webUrl}
              target="_blank"
              rel="noreferrer"
              variant="default"
              rightSection={<IconExternalLink size={16} aria-hidden />}
            >
              {texts.open(provider?.name ?? list.unknownProvider)}
            </Button>
          )
        }
      />
      {repository === undefined ? (
        <Skeleton height={320} radius="md" />
      ) : (
        <>
          <Section title={texts.facts}>
            <RepositoryFacts repository={repository} provider={provider} />
          </Section>
          <Section title={texts.clone}>
            <CloneCommands repository={repository} />
          </Section>
          <Section title={showWhy}>
            <RepositoryExplanation repository={repository} />
          </Section>
          <Section title={texts.permissions.title}>
            <RepositoryPermissions repository={repository} />
          </Section>
        </>
      )}
    </Stack>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <Card component="section" withBorder padding="md" aria-label={title}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        {children}
      </Stack>
    </Card>
  );
}

function NotListed(): ReactNode {
  const { title, description, action } = useTextsOf(repositoryTexts).notFound;
  return (
    <Stack align="flex-start" gap="sm">
      <PageHeader title={title} description={description} />
      <LinkButton to="/why">{action}</LinkButton>
    </Stack>
  );
}
