import { Skeleton, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../../texts/use-texts.js';

const rows = ['one', 'two', 'three'];

/** Of the size of the list to come. */
export function GitProviderSkeletons(): ReactNode {
  return (
    <Stack gap="sm" aria-busy aria-label={useTexts().common.loading}>
      {rows.map((row) => (
        <Skeleton key={row} h={{ base: 142, sm: 80 }} radius="md" />
      ))}
    </Stack>
  );
}
