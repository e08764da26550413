import type { Sync } from '@anyforge/client';
import { Button, Card, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { EmptyState } from '../../components/empty-state.js';
import { PageHeader } from '../../components/page-header.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { RelativeTime } from '../../components/relative-time.js';
import { syncsTexts } from '../../texts/syncs.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { SyncTaskLine } from './sync-task-line.js';
import { TaskStateIcon } from './task-state-icon.js';
import type { ProviderLook } from './use-provider-looks.js';
import { useProviderLooks } from './use-provider-looks.js';
import { useStartSync, useSyncs } from './use-syncs.js';

/** My latest syncs, each with what every git provider answered. */
export function SyncsScreen(): ReactNode {
  const texts = useTextsOf(syncsTexts);
  const { syncs, open, error } = useSyncs();
  const looks = useProviderLooks();
  const start = useStartSync();
  const startButton = (
    <Button
      leftSection={<IconRefresh size={16} aria-hidden />}
      disabled={open !== undefined}
      loading={start.isPending}
      onClick={() => {
        start.mutate();
      }}
    >
      {texts.sync}
    </Button>
  );
  return (
    <Stack>
      <PageHeader title={texts.title} description={texts.description} actions={startButton} />
      {start.error === null ? null : <ProblemAlert error={start.error} />}
      {syncs === undefined ? error === null ? <Bones /> : <ProblemAlert error={error} /> : null}
      {syncs?.length === 0 ? (
        <EmptyState title={texts.empty.title} description={texts.empty.description} />
      ) : null}
      {syncs?.map((sync) => (
        <SyncCard key={sync.id} sync={sync} looks={looks} />
      ))}
    </Stack>
  );
}

interface SyncCardProps {
  readonly sync: Sync;
  readonly looks: ReadonlyMap<string, ProviderLook>;
}

function SyncCard({ sync, looks }: SyncCardProps): ReactNode {
  const texts = useTextsOf(syncsTexts);
  const { state, createdAt, finishedAt, done, tasks } = sync;
  return (
    <Card component="article" withBorder padding="md">
      <Stack gap="md">
        <Group justify="space-between" gap="xs">
          <Group gap="xs">
            <TaskStateIcon state={state} />
            <Title order={2} size="h5">
              {finishedAt === undefined ? texts.syncing(done, tasks.length) : texts.states[state]}
            </Title>
          </Group>
          <Text size="sm" c="dimmed">
            {texts.started} <RelativeTime at={createdAt} />
            {finishedAt === undefined
              ? null
              : ` · ${texts.tookLabel} ${texts.took(secondsOf(createdAt, finishedAt))}`}
          </Text>
        </Group>
        {tasks.map((task) => (
          <SyncTaskLine key={task.id} task={task} provider={looks.get(task.gitProviderId)} />
        ))}
      </Stack>
    </Card>
  );
}

function secondsOf(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
}

/** As high as the cards that come. */
function Bones(): ReactNode {
  return [0, 1, 2].map((index) => <Skeleton key={index} height={140} radius="md" />);
}
