import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

export interface EmptyStateProps {
  readonly title: string;
  /** What to do. */
  readonly description?: ReactNode;
  readonly icon?: ReactNode;
  /** The button with which one does it. */
  readonly action?: ReactNode;
}

/** What stands where there is nothing yet. */
export function EmptyState({ title, description, icon, action }: EmptyStateProps): ReactNode {
  return (
    <Stack align="center" gap="sm" py="xl" ta="center">
      {icon}
      <Title order={2} size="h3">
        {title}
      </Title>
      {description !== undefined && (
        <Text c="dimmed" maw="32rem">
          {description}
        </Text>
      )}
      {action}
    </Stack>
  );
}
