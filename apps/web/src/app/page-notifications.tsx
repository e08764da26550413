import { MantineThemeProvider, Notification } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useTexts } from '../texts/use-texts.js';

/** Shows what there is to be told. The button that closes it has a name, whoever tells it. */
export function PageNotifications(): ReactNode {
  const { close } = useTexts().common;
  const theme = useMemo(
    () => ({
      components: {
        Notification: Notification.extend({ defaultProps: { closeButtonProps: { 'aria-label': close } } }),
      },
    }),
    [close],
  );
  return (
    <MantineThemeProvider theme={theme} inherit>
      <Notifications position="bottom-right" />
    </MantineThemeProvider>
  );
}
