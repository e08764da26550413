import type { Connection } from '@anyforge/client';
import { Badge, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { connectionsTexts } from '../../texts/connections.js';
import { useTextsOf } from '../../texts/use-texts.js';

/** Whether a git provider is configured with a token of mine. */
export function ConfigurationStatus({ connection }: { readonly connection: Connection | null }): ReactNode {
  const { configuration, attention } = useTextsOf(connectionsTexts);
  if (connection === null) {
    return (
      <Text size="sm" c="dimmed">
        {configuration.notConfigured}
      </Text>
    );
  }
  const { username } = connection.account;
  if (connection.needsAttention !== undefined) {
    return (
      <Badge color="red" variant="light" tt="none">
        {attention.badge}
      </Badge>
    );
  }
  return connection.kind === 'token' ? (
    <Badge color="green" variant="light" tt="none" leftSection={<IconCheck size={12} aria-hidden />}>
      {configuration.configuredAs(username)}
    </Badge>
  ) : (
    <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
      {configuration.signedInAs(username)}
    </Text>
  );
}
