import { Stack } from '@mantine/core';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageHeader } from '../components/page-header.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { useTexts } from '../texts/use-texts.js';

/** What stands in place of a screen that could not be shown. */
export function FailedScreen({ error, reset }: ErrorComponentProps): ReactNode {
  const { shell } = useTexts();
  const router = useRouter();
  const queries = useQueryErrorResetBoundary();
  const tryAgain = () => {
    queries.reset();
    reset();
    void router.invalidate();
  };
  return (
    <Stack>
      <PageHeader title={shell.failed.title} />
      <ProblemAlert error={error} onRetry={tryAgain} />
    </Stack>
  );
}
