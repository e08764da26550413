import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/use-texts.js';

/** What stands where a screen will be. */
export function PendingScreen(): ReactNode {
  const { common } = useTexts();
  return (
    <Stack aria-busy="true">
      <VisuallyHidden role="status">{common.loading}</VisuallyHidden>
      <Skeleton height={32} width={220} />
      <Skeleton height={44} />
      <Skeleton height={220} />
    </Stack>
  );
}
