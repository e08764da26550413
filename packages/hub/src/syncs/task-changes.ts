import type { SyncTaskRow } from '../store/schema.js';
import type { Queries } from '../store/store.js';
import { nothingListed } from './sync-attempt.js';
import { errorColumns, noError } from './sync-task-error.js';

/** Whether a task waits to be tried again by itself. Before a rate limit has ended, trying would be of no use. */
export function isRetry({ state, error_kind }: Pick<SyncTaskRow, 'state' | 'error_kind'>): boolean {
  return state === 'waiting' && error_kind !== 'rate_limited';
}

/** Has what waits to be tried again be tried now, where it stood. */
export async function wakeRetries(transaction: Queries, syncId: string): Promise<readonly string[]> {
  const waiting = await transaction
    .selectFrom('sync_tasks')
    .select(['id', 'state', 'error_kind'])
    .where('sync_id', '=', syncId)
    .where('state', '=', 'waiting')
    .orderBy('id')
    .forUpdate()
    .execute();
  const ids = idsOf(waiting.filter(isRetry));
  await updateTasks(transaction, ids, { state: 'queued', waiting_until: null, retries: 0, ...noError });
  return ids;
}

/** All of a task but who it belongs to and how often it was taken up. */
export const unstarted = {
  state: 'queued',
  interruptions: 0,
  retries: 0,
  epoch: 0,
  settings_version: 0,
  generation: null,
  ...nothingListed,
  waiting_until: null,
  ...noError,
  started_at: null,
  finished_at: null,
} as const satisfies Partial<SyncTaskRow>;

/** How the task of a parked connection ends. */
export const signInAgain = {
  state: 'failed',
  ...errorColumns({
    kind: 'grant_expired',
    message:
      'The address or the OAuth application of this git provider was changed, and your sign-in is not used there.',
    repair: { text: 'Sign in again.' },
  }),
} as const satisfies Partial<SyncTaskRow>;

export function idsOf(tasks: readonly { readonly id: string }[]): readonly string[] {
  return tasks.map(({ id }) => id);
}

/** More than a statement of either database takes as parameters is never asked at once. */
const atOnce = 500;

export async function updateTasks(
  transaction: Queries,
  ids: readonly string[],
  change: Partial<SyncTaskRow>,
): Promise<void> {
  for (let start = 0; start < ids.length; start += atOnce) {
    await transaction
      .updateTable('sync_tasks')
      .set(change)
      .where('id', 'in', ids.slice(start, start + atOnce))
      .execute();
  }
}
