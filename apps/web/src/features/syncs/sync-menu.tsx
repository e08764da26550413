import { Button, Group, VisuallyHidden } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTexts } from '../../texts/use-texts.js';
import { SyncDetails } from './sync-details.js';
import { useNotifyOfSyncs } from './use-notify-of-syncs.js';
import { useCancelSync, useStartSync, useSyncs } from './use-syncs.js';

/** What stands in the navigation bar for synchronizing: start it, see how it goes, stop it. */
export function SyncMenu(): ReactNode {
  const { syncs: texts } = useTexts();
  const { open } = useSyncs();
  const start = useStartSync();
  const cancel = useCancelSync();
  useNotifyOfSyncs({ startError: start.error, cancelError: cancel.error });

  return (
    <Group gap={4} wrap="nowrap">
      <SyncDetails />
      {open === undefined ? (
        <Button
          variant="light"
          size="xs"
          leftSection={<IconRefresh size={16} aria-hidden />}
          title={texts.syncNow}
          loading={start.isPending}
          onClick={() => {
            start.mutate();
          }}
        >
          {texts.sync}
        </Button>
      ) : (
        <Button
          variant="default"
          size="xs"
          title={texts.cancelSync}
          loading={cancel.isPending}
          onClick={() => {
            cancel.mutate(open.id);
          }}
        >
          {texts.cancel}
        </Button>
      )}
      <VisuallyHidden role="status">
        {open === undefined ? '' : texts.announceProgress(open.done, open.tasks.length)}
      </VisuallyHidden>
    </Group>
  );
}
