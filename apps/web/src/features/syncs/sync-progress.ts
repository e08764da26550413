import type { Sync, SyncTask } from '../../api/syncs.js';

/** Whether anything of it is still to be done. */
export function isOpen(sync: Pick<Sync, 'finishedAt'>): boolean {
  return sync.finishedAt === undefined;
}

/** How far a task is, from 0 to 1; undefined when nobody knows how much there is. */
export function fractionOf({
  repositories,
  total,
}: Pick<SyncTask, 'repositories' | 'total'>): number | undefined {
  if (total === undefined || total <= 0) return undefined;
  return Math.min(1, repositories / total);
}

/** How a sync ended, by the tasks of each end. Undefined while any is open. */
export interface SyncEnd {
  readonly succeeded: readonly SyncTask[];
  /** They failed, or were interrupted for good. */
  readonly failed: readonly SyncTask[];
  readonly cancelled: readonly SyncTask[];
}

export function endOf(sync: Pick<Sync, 'finishedAt' | 'tasks'>): SyncEnd | undefined {
  if (isOpen(sync)) return undefined;
  const inState = (...states: readonly SyncTask['state'][]) =>
    sync.tasks.filter(({ state }) => states.includes(state));
  return {
    succeeded: inState('succeeded'),
    failed: inState('failed', 'interrupted'),
    cancelled: inState('cancelled'),
  };
}

/**
 * When everything last was synchronized, for who wants to know how old the lists are: when the newest sync that was not
 * cancelled as a whole ended.
 */
export function lastSynced(syncs: readonly Sync[]): string | undefined {
  return syncs.find(({ finishedAt, state }) => finishedAt !== undefined && state !== 'cancelled')?.finishedAt;
}
