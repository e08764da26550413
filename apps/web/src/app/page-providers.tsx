import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import type { QueryClient } from '@tanstack/react-query';
import { QueryClientProvider } from '@tanstack/react-query';
import type { Client } from '@anyforge/client';
import type { ReactNode } from 'react';
import type { Reachability } from '../api/reachability.js';
import type { SessionKeeper } from '../api/session-keeper.js';
import { ApiContext } from '../api/use-api.js';
import { ReachabilityContext } from '../api/use-is-reachable.js';
import { SessionContext } from '../api/use-session.js';
import type { MinuteClock } from '../components/minute-clock.js';
import { MinuteClockContext } from '../components/minute-clock.js';
import type { NavigationFocus } from '../components/navigation-focus.js';
import { NavigationFocusContext } from '../components/navigation-focus.js';
import type { TimeWords } from '../components/time-words.js';
import { TimeWordsContext } from '../components/time-words.js';
import { resolveCssVariables, theme } from './theme.js';

export interface PageParts {
  readonly api: Client;
  readonly queryClient: QueryClient;
  readonly session: SessionKeeper;
  readonly reachability: Reachability;
  readonly clock: MinuteClock;
  readonly timeWords: TimeWords;
  readonly navigationFocus: NavigationFocus;
  /** With which the server lets the page make styles. */
  readonly nonce: string;
}

/** As color-scheme.js knows it, which runs before everything else. */
const colorSchemes = { key: 'anyforge.color-scheme' };

/** Gives everything that is shown what it needs. */
export function PageProviders({
  parts,
  children,
}: {
  readonly parts: PageParts;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveCssVariables}
      defaultColorScheme="auto"
      colorSchemeManager={localStorageColorSchemeManager(colorSchemes)}
      getStyleNonce={() => parts.nonce}
    >
      <QueryClientProvider client={parts.queryClient}>
        <ApiContext value={parts.api}>
          <SessionContext value={parts.session}>
            <ReachabilityContext value={parts.reachability}>
              <MinuteClockContext value={parts.clock}>
                <NavigationFocusContext value={parts.navigationFocus}>
                  <TimeWordsContext value={parts.timeWords}>{children}</TimeWordsContext>
                </NavigationFocusContext>
              </MinuteClockContext>
            </ReachabilityContext>
          </SessionContext>
        </ApiContext>
      </QueryClientProvider>
    </MantineProvider>
  );
}
