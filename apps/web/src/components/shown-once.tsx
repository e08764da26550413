import { Group, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.js';

export interface ShownOnceProps {
  readonly label: string;
  readonly value: string;
  readonly description?: ReactNode;
}

/** A secret that is shown this once, to be copied. */
export function ShownOnce({ label, value, description }: ShownOnceProps): ReactNode {
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <TextInput
        flex={1}
        label={label}
        description={description}
        value={value}
        readOnly
        data-autofocus
        // It often takes the place of a form that had the focus.
        autoFocus
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        onFocus={({ currentTarget }) => {
          currentTarget.select();
        }}
      />
      <CopyButton value={value} />
    </Group>
  );
}
