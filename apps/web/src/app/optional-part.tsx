import { CatchBoundary, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Suspense } from 'react';

export interface OptionalPartProps {
  readonly children: ReactNode;
  /** What stands in its place when it cannot be loaded. */
  readonly instead?: ReactNode;
}

/** A part of the page that is loaded by itself. When it cannot be, the screen stays, with what was typed into it. */
export function OptionalPart({ children, instead = null }: OptionalPartProps): ReactNode {
  const pathname = useRouterState({ select: ({ location }) => location.pathname });
  return (
    <CatchBoundary getResetKey={() => pathname} errorComponent={() => instead}>
      <Suspense>{children}</Suspense>
    </CatchBoundary>
  );
}
