import { useMatch, useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';

/**
 * Whether somebody is still on this screen, and not on the way to another that is being loaded. What a screen does of
 * itself to the address depends on it: who waits for the next screen must not be called back.
 */
export function useIsHere(): () => boolean {
  const router = useRouter();
  const here = useMatch({ strict: false, select: ({ pathname }) => pathname });
  return useCallback(() => withoutEnd(router.latestLocation.pathname) === withoutEnd(here), [router, here]);
}

function withoutEnd(path: string): string {
  return path.replace(/\/+$/, '');
}
