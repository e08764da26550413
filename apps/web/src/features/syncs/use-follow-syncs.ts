import type { Sync } from '@anyforge/client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useApi } from '../../api/use-api.js';
import { gitProviderKeys, gitProvidersQuery } from '../../api/git-providers.js';
import { organizationSettingsKeys } from '../../api/organization-settings.js';
import { repositoryKeys } from '../../api/repositories.js';
import { syncKeys } from '../../api/syncs.js';
import { connectionsKey } from './connections-key.js';
import { isOpen } from './sync-progress.js';
import { takeUpSync, useSyncs } from './use-syncs.js';

/**
 * Follows the sync that runs, live, for all that is shown of it. One place on the page does so.
 *
 * @param onEnd called once for each sync that was seen running, when it has ended
 */
export function useFollowSyncs(onEnd: (sync: Sync) => void): void {
  const api = useApi();
  const queryClient = useQueryClient();
  const { syncs, open } = useSyncs();
  const { data: providers } = useQuery(gitProvidersQuery(api));
  const running = useRef(new Set<string>());

  const openId = open?.id;
  useEffect(() => {
    if (openId === undefined) return;
    const controller = new AbortController();
    const follow = async (): Promise<void> => {
      try {
        for await (const sync of api.watchSync(openId, { signal: controller.signal })) {
          takeUpSync(queryClient, sync);
        }
      } catch {
        // Aborted, or refused: the list of syncs, asked anew, says what has become of it.
        if (!controller.signal.aborted) await queryClient.invalidateQueries({ queryKey: syncKeys.list });
      }
    };
    void follow();
    return () => {
      controller.abort();
    };
  }, [api, queryClient, openId]);

  const tellEnd = useEffectEvent(onEnd);
  useEffect(() => {
    for (const sync of syncs ?? []) {
      if (isOpen(sync)) running.current.add(sync.id);
      else if (running.current.delete(sync.id)) tellEnd(sync);
    }
  }, [syncs]);

  // With each task that ends, a list may be a new one.
  const ended = syncs?.reduce((count, { done }) => count + done, 0);
  const endedBefore = useRef(ended);
  useEffect(() => {
    if (ended === endedBefore.current) return;
    const isFirst = endedBefore.current === undefined;
    endedBefore.current = ended;
    if (isFirst) return;
    void queryClient.invalidateQueries({ queryKey: repositoryKeys.all });
    void queryClient.invalidateQueries({ queryKey: gitProviderKeys.all });
    void queryClient.invalidateQueries({ queryKey: organizationSettingsKeys.all });
  }, [queryClient, ended]);

  // Each sign-in starts a sync.
  const connections = providers === undefined ? undefined : connectionsKey(providers);
  const connectionsBefore = useRef(connections);
  useEffect(() => {
    if (connections === connectionsBefore.current) return;
    const isFirst = connectionsBefore.current === undefined;
    connectionsBefore.current = connections;
    if (!isFirst) void queryClient.invalidateQueries({ queryKey: syncKeys.list });
  }, [queryClient, connections]);
}
