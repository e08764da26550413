import { Outlet, useMatches } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useSessionState } from '../api/use-session.js';
import { useTexts } from '../texts/use-texts.js';
import { DeclinedSignIn } from './declined-sign-in.js';
import { NotificationPlace } from './notification-place.js';
import type { LoadPart } from './optional-part.js';
import { OptionalPart } from './optional-part.js';
import { PlainLayout } from './plain-layout.js';
import { Shell } from './shell.js';
import { WayBack } from './way-back.js';

export interface PageProps {
  /** What stands in the navigation bar for synchronizing. */
  readonly loadSyncMenu: LoadPart;
  /** The dialog in which one signs in again, over whatever is shown. */
  readonly loadSignInAgain: LoadPart;
  /** What shows notifications. */
  readonly loadNotifications: LoadPart;
}

/** Everything that is shown: a screen, within what surrounds it. */
export function Page({ loadSyncMenu, loadSignInAgain, loadNotifications }: PageProps): ReactNode {
  const { shell } = useTexts();
  const { me, phase } = useSessionState();
  const audience = useMatches({ select: (matches) => matches.at(-1)?.staticData.audience });
  if (me === undefined || audience === 'anybody') {
    return (
      <PlainLayout>
        <Outlet />
      </PlainLayout>
    );
  }
  const isForOthers = audience === 'administrators' && me.role !== 'administrator';
  return (
    <>
      <Shell me={me} syncMenu={<OptionalPart load={loadSyncMenu} />}>
        {isForOthers ? <WayBack {...shell.administratorsOnly} /> : <Outlet />}
      </Shell>
      <NotificationPlace load={loadNotifications} />
      {phase === 'asking' && <OptionalPart load={loadSignInAgain} instead={<DeclinedSignIn />} />}
    </>
  );
}
