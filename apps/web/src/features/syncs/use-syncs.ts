import type { Sync } from '@anyforge/client';
import type { QueryClient } from '@tanstack/react-query';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../../api/use-api.js';
import { withSync } from '../../api/known-syncs.js';
import { cancelSync, startSync, syncKeys, syncsQuery } from '../../api/syncs.js';
import { isOpen } from './sync-progress.js';

interface Syncs {
  /** Newest first; undefined until they are known. */
  readonly syncs: readonly Sync[] | undefined;
  /** The one that runs. */
  readonly open: Sync | undefined;
  readonly error: Error | null;
}

/** My latest syncs, as far as they are known now. */
export function useSyncs(): Syncs {
  const { data: syncs, error } = useQuery(syncsQuery(useApi()));
  return { syncs, open: syncs?.find(isOpen), error };
}

/** Starts a sync of all that I am signed in to; joins the one that runs. */
export function useStartSync() {
  const api = useApi();
  const queryClient = useQueryClient();
  return useMutation({
    // A list that is being asked for knows nothing of it yet.
    onMutate: () => queryClient.cancelQueries({ queryKey: syncKeys.list }),
    mutationFn: () => startSync(api),
    onSuccess: (sync) => {
      takeUpSync(queryClient, sync);
    },
  });
}

/** Stops the sync that runs. */
export function useCancelSync() {
  const api = useApi();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => cancelSync(api, id),
    onSuccess: (sync) => {
      takeUpSync(queryClient, sync);
    },
  });
}

/** Remembers how a sync is now, unless something newer is known. */
export function takeUpSync(queryClient: QueryClient, sync: Sync): void {
  queryClient.setQueryData<readonly Sync[]>(syncKeys.list, (syncs) => withSync(syncs ?? [], sync));
}
