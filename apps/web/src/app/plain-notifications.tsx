import { Paper, Stack, Text } from '@mantine/core';
import { notificationsStore } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { useSyncExternalStore } from 'react';
import styles from './plain-notifications.module.css';

/** The last thing that there is to be told, where what shows notifications could not be loaded. */
export function PlainNotifications(): ReactNode {
  const last = useSyncExternalStore(notificationsStore.subscribe, () =>
    notificationsStore.getState().notifications.at(-1),
  );
  return (
    last !== undefined && (
      <Paper role="alert" withBorder p="sm" shadow="md" className={styles['place'] ?? ''}>
        <Stack gap={2}>
          {last.title !== undefined && (
            <Text size="sm" fw={600}>
              {last.title}
            </Text>
          )}
          <Text size="sm">{last.message}</Text>
        </Stack>
      </Paper>
    )
  );
}
