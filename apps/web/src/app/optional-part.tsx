import { CatchBoundary, useRouterState } from '@tanstack/react-router';
import type { ComponentType, ReactNode } from 'react';
import { Suspense, useEffect, useState } from 'react';
import { useIsReachable } from '../api/use-is-reachable.js';

/** Loads a part of the page; always the same function for the same part. */
export type LoadPart = () => Promise<ComponentType>;

export interface OptionalPartProps {
  readonly load: LoadPart;
  /** What stands in its place when it cannot be loaded. */
  readonly instead?: ReactNode;
}

/**
 * A part of the page that is loaded by itself. When it cannot be, the screen stays, with what was typed into it, and the
 * part is asked for again when the server has come back or another screen is shown.
 */
export function OptionalPart({ load, instead = null }: OptionalPartProps): ReactNode {
  const pathname = useRouterState({ select: ({ location }) => location.pathname });
  const isReachable = useIsReachable();
  const [Part, setPart] = useState<ComponentType>();
  const [hasFailed, setFailed] = useState(false);
  const isLoaded = Part !== undefined;
  useEffect(() => {
    if (isLoaded) return undefined;
    let isWanted = true;
    load().then(
      (loaded) => {
        if (isWanted) setPart(() => loaded);
      },
      () => {
        if (isWanted) setFailed(true);
      },
    );
    return () => {
      isWanted = false;
    };
  }, [load, isLoaded, pathname, isReachable]);
  if (Part === undefined) return hasFailed && instead;
  return (
    <CatchBoundary getResetKey={() => pathname} errorComponent={() => instead}>
      <Suspense>
        <Part />
      </Suspense>
    </CatchBoundary>
  );
}
