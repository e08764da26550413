import { Button, Divider, Loader, Popover, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { LinkAnchor } from '../../components/links.js';
import { RelativeTime } from '../../components/relative-time.js';
import { useTexts } from '../../texts/use-texts.js';
import { lastSynced } from './sync-progress.js';
import { SyncTaskLine } from './sync-task-line.js';
import { useProviderLooks } from './use-provider-looks.js';
import { useSyncs } from './use-syncs.js';

/** When everything last was synchronized, or how far that is; opens what each git provider has brought. */
export function SyncDetails(): ReactNode {
  const { syncs: texts } = useTexts();
  const { syncs = [], open } = useSyncs();
  const looks = useProviderLooks();
  const [opened, setOpened] = useState(false);
  const shown = open ?? syncs[0];
  const finishedAt = lastSynced(syncs);
  const close = (): void => {
    setOpened(false);
  };
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      shadow="md"
      width="min(24rem, calc(100vw - 2rem))"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          fw={500}
          leftSection={open === undefined ? undefined : <Loader size={14} aria-hidden />}
          aria-description={texts.details}
          onClick={() => {
            setOpened((now) => !now);
          }}
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
      </Popover.Target>
      <Popover.Dropdown aria-label={texts.latest}>
        <Stack gap="sm">
          {shown === undefined ? (
            <Text size="sm">{texts.empty.description}</Text>
          ) : (
            shown.tasks.map((task) => (
              <SyncTaskLine key={task.id} task={task} provider={looks.get(task.gitProviderId)} />
            ))
          )}
          <Divider />
          <LinkAnchor to="/syncs" size="sm" onClick={close}>
            {texts.allSyncs}
          </LinkAnchor>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
