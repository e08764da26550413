import type { SyncTask } from '@anyforge/client';
import { Anchor, Group, Progress, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { OmissionLink } from '../../components/omission-link.js';
import { ProviderLogo } from '../../components/provider-logo.js';
import { syncsTexts } from '../../texts/syncs.js';
import { useTexts, useTextsOf } from '../../texts/use-texts.js';
import { fractionOf } from './sync-progress.js';
import { listedWords, omittedNames, troubleWords } from './task-words.js';
import { TaskStateIcon } from './task-state-icon.js';

interface SyncTaskLineProps {
  readonly task: SyncTask;
  /** Undefined when it is gone. */
  readonly provider: { readonly name: string; readonly logo?: string | undefined } | undefined;
}

/** How one git provider fares in a sync. */
export function SyncTaskLine({ task, provider }: SyncTaskLineProps): ReactNode {
  const texts = useTextsOf(syncsTexts);
  const { locale } = useTexts();
  const name = provider?.name ?? texts.unknownProvider;
  const { state, error, waitingUntil, omitted } = task;
  const listed = listedWords(task, texts);
  const trouble = troubleWords(task, texts, name);
  const fraction = fractionOf(task);
  const isRateLimited = state === 'waiting' && error?.kind === 'rate_limited';
  // What waits goes on by itself: there is nothing to do about it.
  const repair = state === 'failed' ? error?.repair : undefined;
  const help = omitted.find(({ url }) => url !== undefined)?.url;
  return (
    <Stack gap={4}>
      <Group gap="xs" wrap="nowrap">
        <ProviderLogo logo={provider?.logo} size={20} />
        <Text size="sm" fw={600} truncate flex={1}>
          {name}
        </Text>
        <Group gap={4} wrap="nowrap">
          <TaskStateIcon state={state} />
          <Text size="sm">{texts.states[state]}</Text>
        </Group>
      </Group>
      {state === 'running' || state === 'waiting' ? (
        <Progress
          size="sm"
          aria-label={texts.progressOf(name)}
          value={fraction === undefined ? 100 : fraction * 100}
          animated={state === 'running' && fraction === undefined}
          striped={fraction === undefined}
        />
      ) : null}
      {listed === undefined ? null : (
        <Text size="sm" c="dimmed">
          {listed}
        </Text>
      )}
      {trouble === undefined ? null : (
        <Text size="sm" title={isRateLimited ? error.message : undefined}>
          {trouble} {repair?.text}{' '}
          {repair?.url === undefined ? null : (
            <Anchor href={repair.url} target="_blank" rel="noreferrer" inherit underline="always">
              {texts.lookThere}
            </Anchor>
          )}
        </Text>
      )}
      {state === 'waiting' && waitingUntil !== undefined ? (
        <Text size="sm" c="dimmed">
          {texts.goesOn} <time dateTime={waitingUntil}>{clockTime(waitingUntil, locale)}</time>
        </Text>
      ) : null}
      {omitted.length === 0 ? null : (
        <Text size="sm">
          {texts.omitted(omittedNames(task, texts))} <OmissionLink url={help} label={texts.lookThere} />
        </Text>
      )}
    </Stack>
  );
}

/** To the second: most waits are short. */
function clockTime(at: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(new Date(at));
}
