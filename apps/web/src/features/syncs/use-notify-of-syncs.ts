import type { Sync } from '@anyforge/client';
import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { notifyOfProblem } from '../../components/notify.js';
import { syncsTexts } from '../../texts/syncs.js';
import { useTexts, useTextsOf } from '../../texts/use-texts.js';
import { endOf } from './sync-progress.js';
import { endWords } from './task-words.js';
import { useFollowSyncs } from './use-follow-syncs.js';
import { useProviderLooks } from './use-provider-looks.js';

interface Problems {
  readonly startError: Error | null;
  readonly cancelError: Error | null;
}

/** Says once how a sync has ended that was seen running, and what kept one from being started or stopped. */
export function useNotifyOfSyncs({ startError, cancelError }: Problems): void {
  const texts = useTextsOf(syncsTexts);
  const looks = useProviderLooks();

  useFollowSyncs((sync: Sync) => {
    const end = endOf(sync);
    if (end === undefined) return;
    const { title, message, good } = endWords(end, texts, (id) => looks.get(id)?.name);
    // Under one id, so that the news of one sync does not stand beside those of the last.
    notifications.hide(noticeId);
    notifications.show({
      id: noticeId,
      title,
      message,
      color: good ? 'green' : 'red',
      autoClose: good ? 6_000 : false,
    });
  });

  useShownError(startError);
  useShownError(cancelError);
}

const noticeId = 'sync';

function useShownError(error: Error | null): void {
  const texts = useTexts();
  useEffect(() => {
    if (error !== null) notifyOfProblem(error, texts);
  }, [error, texts]);
}
