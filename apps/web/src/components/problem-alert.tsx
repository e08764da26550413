import { Alert, Anchor, Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { explainProblem } from '../api/explain-problem.js';
import { useTexts } from '../texts/use-texts.js';
import { RelativeTime } from './relative-time.js';

export interface ProblemAlertProps {
  /** Anything that was thrown. Nothing is shown while it is null or undefined. */
  readonly error: unknown;
  /** Shows a button with which to try again. */
  readonly onRetry?: (() => void) | undefined;
}

/** Says what went wrong, and what to do. It is read aloud as soon as it appears. */
export function ProblemAlert({ error, onRetry }: ProblemAlertProps): ReactNode {
  const texts = useTexts();
  if (error === null || error === undefined) return null;
  const { message, repair, retryAt, requestId } = explainProblem(error, texts);
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{message}</Text>
        {repair && !message.includes(repair.text) && <Text size="sm">{repair.text}</Text>}
        {repair?.url !== undefined && (
          <Anchor href={repair.url} target="_blank" rel="noreferrer" size="sm">
            {texts.common.howToRepair}
          </Anchor>
        )}
        {retryAt && (
          <Text size="sm">
            {texts.common.tryAgain} <RelativeTime at={retryAt} ahead />.
          </Text>
        )}
        {requestId !== undefined && (
          <Text size="xs" c="dimmed">
            {texts.common.requestId(requestId)}
          </Text>
        )}
        {onRetry && (
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            {texts.common.tryAgain}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
