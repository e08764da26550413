import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useSessionKeeper } from '../../api/use-session.js';

/** What is done after somebody has signed in: nothing of anybody before is kept, and they go where they wanted to. */
export function useBegin(): (path: string) => Promise<void> {
  const queryClient = useQueryClient();
  const keeper = useSessionKeeper();
  const router = useRouter();
  return useCallback(
    async (path) => {
      queryClient.clear();
      await keeper.begin();
      await router.navigate({ href: path, replace: true });
    },
    [keeper, queryClient, router],
  );
}
