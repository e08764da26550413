import type { Measurements, SyncEnd, TaskEnd } from '../measurements.js';
import type { Queries } from '../store/store.js';
import { openStates, stateOf } from './sync-view.js';

const open: ReadonlySet<string> = new Set(openStates);

/** What a transaction has ended. */
export interface Ends {
  readonly tasks: readonly TaskEnd[];
  readonly syncs: readonly SyncEnd[];
}

export function tellEnds(measurements: Measurements, { tasks, syncs }: Ends): void {
  for (const task of tasks) measurements.taskEnded(task);
  for (const state of syncs) measurements.syncEnded({ state });
}

/** More than a statement of either database takes as parameters is never asked at once. */
const atOnce = 500;

/** How these tasks have ended, those that have. Part of the transaction that has ended them. */
export async function taskEndsOf(
  transaction: Queries,
  taskIds: readonly string[],
): Promise<readonly TaskEnd[]> {
  const ends: TaskEnd[] = [];
  for (let start = 0; start < taskIds.length; start += atOnce) {
    const tasks = await transaction
      .selectFrom('sync_tasks')
      .innerJoin('git_providers', 'git_providers.id', 'sync_tasks.git_provider_id')
      .select(['git_providers.type', 'state', 'error_kind', 'started_at', 'finished_at'])
      .where('sync_tasks.id', 'in', taskIds.slice(start, start + atOnce))
      .execute();
    for (const { type, state, error_kind, started_at, finished_at } of tasks) {
      if (!isEnd(state)) continue;
      const durationMs = started_at === null || finished_at === null ? 0 : finished_at - started_at;
      ends.push({ providerType: type, state, errorKind: error_kind ?? undefined, durationMs });
    }
  }
  return ends;
}

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
