import type { Clock } from '@anyforge/core';
import type { Sync } from './sync-view.js';
import type { SyncService, WatchOptions } from './syncs.js';

/** Often enough for eyes, and seldom enough for a listing that changes with every page. */
const apartMs = 250;

/** What {@link SyncService.watch} does, of looking and of waiting for one change. */
export async function* watchSync(
  { syncs, clock }: { readonly syncs: Pick<SyncService, 'get' | 'changed'>; readonly clock: Clock },
  personId: string,
  id: string,
  { after, signal }: Omit<WatchOptions, 'maxWaitMs'> = {},
): AsyncGenerator<Sync, void, undefined> {
  let seen = after;
  let sync = await syncs.get(personId, id);
  for (;;) {
    if (sync.revision !== seen) yield sync;
    if (sync.finishedAt !== undefined) return;
    if (sync.revision !== seen) await clock.sleep(apartMs, signal);
    seen = sync.revision;
    sync = await syncs.changed(personId, id, { after: seen, signal });
  }
}
