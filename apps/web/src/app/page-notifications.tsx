import { Notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';

/** Shows what there is to be told. */
export function PageNotifications(): ReactNode {
  return <Notifications position="bottom-right" />;
}
