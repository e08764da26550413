import { notificationsStore } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { useSyncExternalStore } from 'react';
import { OptionalPart } from './optional-part.js';

/** Where notifications appear. What shows them is loaded with the first one. */
export function NotificationPlace({ children }: { readonly children: ReactNode }): ReactNode {
  const isNeeded = useSyncExternalStore(notificationsStore.subscribe, hasShown);
  return isNeeded && <OptionalPart>{children}</OptionalPart>;
}

/** Once it is there it stays: it also shows how the last one goes. */
function hasShown(): boolean {
  const { notifications, queue } = notificationsStore.getState();
  return notifications.length + queue.length > 0;
}
