import { Button, Group, VisuallyHidden } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import type { MouseEvent, ReactNode } from 'react';
import { useRef } from 'react';
import { syncsTexts } from '../../texts/syncs.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { isRepeatedPress } from './repeated-press.js';
import { SyncDetails } from './sync-details.js';
import { useNotifyOfSyncs } from './use-notify-of-syncs.js';
import { useCancelSync, useStartSync, useSyncs } from './use-syncs.js';

/** What stands in the navigation bar for synchronizing: start it, see how it goes, stop it. */
export function SyncMenu(): ReactNode {
  const texts = useTextsOf(syncsTexts);
  const { open } = useSyncs();
  const start = useStartSync();
  const cancel = useCancelSync();
  const actedAt = useRef<number>(undefined);
  // Both buttons stand at one place, so that a double click would undo what it has just done.
  const isMeant = (event: MouseEvent): boolean => {
    if (isRepeatedPress(event, actedAt.current)) return false;
    actedAt.current = event.timeStamp;
    return true;
  };
  useNotifyOfSyncs({ startError: start.error, cancelError: cancel.error });

  return (
    <Group gap={4} wrap="nowrap" miw={0}>
      <SyncDetails />
      {open === undefined ? (
        <Button
          variant="light"
          size="xs"
          leftSection={<IconRefresh size={16} aria-hidden />}
          title={texts.syncNow}
          loading={start.isPending}
          onClick={(event) => {
            if (isMeant(event)) start.mutate();
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
          onClick={(event) => {
            if (isMeant(event)) cancel.mutate(open.id);
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
