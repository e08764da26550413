import type { ListedGitProvider } from '@anyforge/client';
import { Badge, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProviderLogo } from '../../components/provider-logo.js';
import { LinkAnchor } from '../../components/links.js';
import { RelativeTime } from '../../components/relative-time.js';
import { healthTexts } from '../../texts/health.js';
import { useTexts, useTextsOf } from '../../texts/use-texts.js';
import type { HealthStatus } from './health-status.js';
import { statusOf } from './health-status.js';
import { RateBudgets } from './rate-budgets.js';
import { SyncHistorySection } from './sync-history-section.js';

interface ProviderHealthCardProps {
  readonly provider: ListedGitProvider;
  readonly logo: string | undefined;
}

const colors: Readonly<Record<HealthStatus, string>> = { good: 'green', attention: 'yellow', unused: 'gray' };

/** How one git provider is doing: in numbers, and whose they are is not told. */
export function ProviderHealthCard({ provider, logo }: ProviderHealthCardProps): ReactNode {
  const texts = useTextsOf(healthTexts);
  const { locale } = useTexts();
  const { id, name, health } = provider;
  if (health === undefined) return null;
  const { connections, needAttention, lastCompletedAt, lastFailure, rateBudgets } = health;
  const status = statusOf(health);
  return (
    <Card component="section" withBorder padding="md" aria-label={name}>
      <Stack gap="md">
        <Group gap="sm">
          <ProviderLogo logo={logo} size={24} />
          <Title order={2} size="h4" flex={1} miw={0} style={{ overflowWrap: 'anywhere' }}>
            <LinkAnchor to="/git-providers/$id" params={{ id }} inherit title={texts.open(name)}>
              {name}
            </LinkAnchor>
          </Title>
          <Badge tt="none" variant="light" color={colors[status]}>
            {texts.statuses[status]}
          </Badge>
        </Group>
        <SimpleGrid component="dl" m={0} cols={{ base: 2, sm: 4 }} spacing="md">
          <Figure name={texts.connections}>{connections.toLocaleString(locale)}</Figure>
          <Figure name={texts.needAttention}>{needAttention.toLocaleString(locale)}</Figure>
          <Figure name={texts.lastCompleted}>
            {lastCompletedAt === undefined ? texts.never : <RelativeTime at={lastCompletedAt} />}
          </Figure>
          <Figure name={texts.lastFailure}>
            {lastFailure === undefined ? texts.noFailure : <RelativeTime at={lastFailure.at} />}
            {lastFailure === undefined ? null : (
              <Text size="sm" fw={400}>
                {lastFailure.message}
              </Text>
            )}
          </Figure>
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
          <SyncHistorySection gitProviderId={id} />
          <RateBudgets budgets={rateBudgets} />
        </SimpleGrid>
      </Stack>
    </Card>
  );
}

function Figure({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div>
      <Text component="dt" size="sm" c="dimmed">
        {name}
      </Text>
      <Text component="dd" m={0} fw={600} style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Text>
    </div>
  );
}
