import { notificationsStore } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { useSyncExternalStore } from 'react';
import type { LoadPart } from './optional-part.js';
import { OptionalPart } from './optional-part.js';
import { PlainNotifications } from './plain-notifications.js';

/** Where notifications appear. What shows them is loaded with the first one. */
export function NotificationPlace({ load }: { readonly load: LoadPart }): ReactNode {
  const isNeeded = useSyncExternalStore(notificationsStore.subscribe, hasShown);
  return isNeeded && <OptionalPart load={load} instead={<PlainNotifications />} />;
}

/** Once it is there it stays: it also shows how the last one goes. */
function hasShown(): boolean {
  const { notifications, queue } = notificationsStore.getState();
  return notifications.length + queue.length > 0;
}
