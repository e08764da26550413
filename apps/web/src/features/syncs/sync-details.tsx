import { Button, Divider, Loader, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { DropPanel } from '../../components/drop-panel.js';
import { LinkAnchor } from '../../components/links.js';
import { RelativeTime } from '../../components/relative-time.js';
import { syncsTexts } from '../../texts/syncs.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { lastSynced } from './sync-progress.js';
import { SyncTaskLine } from './sync-task-line.js';
import { useProviderLooks } from './use-provider-looks.js';
import { useSyncs } from './use-syncs.js';
import styles from './sync-details.module.css';

/** When everything last was synchronized, or how far that is; opens what each git provider has brought. */
export function SyncDetails(): ReactNode {
  const texts = useTextsOf(syncsTexts);
  const { syncs, open } = useSyncs();
  const looks = useProviderLooks();
  if (syncs === undefined) return null;
  const shown = open ?? syncs[0];
  const finishedAt = lastSynced(syncs);
  return (
    <DropPanel
      wide
      label={texts.latest}
      button={(button) => (
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          fw={500}
          className={styles['button'] ?? ''}
          leftSection={open === undefined ? undefined : <Loader size={14} aria-hidden />}
          aria-description={texts.details}
          {...button}
        >
          {open === undefined ? (
            finishedAt === undefined ? (
              texts.neverSynced
            ) : (
              <RelativeTime at={finishedAt} />
            )
          ) : (
            texts.syncing(open.done, open.tasks.length)
          )}
        </Button>
      )}
    >
      <Stack gap="sm" p="xs">
        {shown === undefined ? (
          <Text size="sm">{texts.empty.description}</Text>
        ) : (
          shown.tasks.map((task) => (
            <SyncTaskLine key={task.id} task={task} provider={looks.get(task.gitProviderId)} />
          ))
        )}
        <Divider />
        <LinkAnchor to="/syncs" size="sm">
          {texts.allSyncs}
        </LinkAnchor>
      </Stack>
    </DropPanel>
  );
}
