import { ApiError, ApiUnreachable } from '@anyforge/client';
import { Stack } from '@mantine/core';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useIsReachable } from '../api/use-is-reachable.js';
import { PageHeader } from '../components/page-header.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { useTexts } from '../texts/use-texts.js';

/** What stands in place of a screen that could not be shown. It is tried again when the server has come back. */
export function FailedScreen({ error, reset }: ErrorComponentProps): ReactNode {
  const { shell } = useTexts();
  const router = useRouter();
  const queries = useQueryErrorResetBoundary();
  const isReachable = useIsReachable();
  const wasReachable = useRef(isReachable);
  const tryAgain = () => {
    queries.reset();
    reset();
    void router.invalidate();
  };
  const tryOnReturn = useEffectEvent(tryAgain);
  useEffect(() => {
    if (isReachable && !wasReachable.current) tryOnReturn();
    wasReachable.current = isReachable;
  }, [isReachable]);
  // A screen that was never shown before has to come from the server, too.
  const isOfAbsence = !isReachable && !(error instanceof ApiError);
  return (
    <Stack>
      <PageHeader title={shell.failed.title} />
      <ProblemAlert
        error={isOfAbsence ? new ApiUnreachable(undefined, { cause: error }) : error}
        onRetry={tryAgain}
      />
    </Stack>
  );
}
