import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/use-texts.js';

/** The product's name with its sign. */
export function Wordmark(): ReactNode {
  const { common } = useTexts();
  return (
    <Group gap={8} wrap="nowrap">
      <img src="icon.svg" alt="" width={26} height={26} />
      <Text span fw={700} fz="lg" lts="-0.01em">
        {common.appName}
      </Text>
    </Group>
  );
}
