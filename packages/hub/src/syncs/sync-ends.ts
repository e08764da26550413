import type { SyncEnd } from '../measurements.js';
import type { Queries } from '../store/store.js';
import { openStates, stateOf } from './sync-view.js';

const open: ReadonlySet<string> = new Set(openStates);

/**
 * How these syncs have ended, those that have. Part of the transaction that has ended tasks of theirs, after it has
 * touched them: of two that end the last two tasks of a sync, the second finds that it has ended, and only that one.
 */
export async function endsOf(transaction: Queries, syncIds: readonly string[]): Promise<readonly SyncEnd[]> {
  if (syncIds.length === 0) return [];
  const tasks = await transaction
    .selectFrom('sync_tasks')
    .select(['sync_id', 'state'])
    .where('sync_id', 'in', syncIds)
    .execute();
  return syncIds.flatMap((syncId) => {
    const own = tasks.filter((task) => task.sync_id === syncId);
    const state = stateOf(own);
    return isEnd(state) ? [state] : [];
  });
}

function isEnd(state: SyncEnd | (typeof openStates)[number]): state is SyncEnd {
  return !open.has(state);
}
