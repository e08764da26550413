import type { Connection } from '@anyforge/client';
import { Badge, Group, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { connectionsTexts } from '../../texts/connections.js';
import { useTextsOf } from '../../texts/use-texts.js';

/** Whether I am signed in, and as whom; *configured* says that a token of mine is stored. */
export function ConnectionStatus({ connection }: { readonly connection: Connection | null }): ReactNode {
  const { status, attention } = useTextsOf(connectionsTexts);
  if (connection === null) {
    return (
      <Text size="sm" c="dimmed">
        {status.notSignedIn}
      </Text>
    );
  }
  return (
    <Group gap="xs">
      <Text size="sm">
        {status.signedInAs}{' '}
        <Text span fw={600}>
          {connection.account.username}
        </Text>
      </Text>
      {connection.needsAttention !== undefined ? (
        <Badge color="red" variant="light" tt="none">
          {attention.badge}
        </Badge>
      ) : (
        connection.kind === 'token' && (
          <Badge color="green" variant="light" tt="none" leftSection={<IconCheck size={12} aria-hidden />}>
            {status.configured}
          </Badge>
        )
      )}
    </Group>
  );
}
