import { isBoundTo } from '../connections/connection-view.js';
import type { ConnectionRow, GitProviderRow, SyncTaskRow } from '../store/schema.js';
import type { Queries } from '../store/store.js';
import { openStates } from './sync-view.js';

/** A connection as the schedule looks at it. */
export interface ScheduledConnection {
  readonly id: string;
  /** When its last sync ended, or its list was last complete; undefined: never. */
  readonly lastAt: number | undefined;
  /** How its last sync ended; undefined: none is known. */
  readonly lastTask: Pick<SyncTaskRow, 'state' | 'error_kind'> | undefined;
  readonly isSyncing: boolean;
  /** Only its person can make it usable again. */
  readonly needsAttention: boolean;
}

/** Those of these connections whose time has not been moved on meanwhile, locked. */
export async function lockScheduled(
  transaction: Queries,
  provider: GitProviderRow,
  ids: readonly string[],
  isDue: { readonly by: number; readonly notAfter: number } | 'without a time',
): Promise<readonly ScheduledConnection[]> {
  if (ids.length === 0) return [];
  const rows = await transaction
    .selectFrom('connections')
    .select(['id', 'kind', 'bound_to', 'attention_reason', 'credential_refused', 'visible_completed_at'])
    .where('git_provider_id', '=', provider.id)
    .where('id', 'in', ids)
    .where((where) =>
      isDue === 'without a time'
        ? where('scheduled_at', 'is', null)
        : where.or([where('scheduled_at', '<=', isDue.by), where('scheduled_at', '>', isDue.notAfter)]),
    )
    .orderBy('id')
    .forUpdate()
    .execute();
  const scheduled: ScheduledConnection[] = [];
  for (const row of rows) {
    const open = await openTask(transaction, row.id);
    const lastTask = await lastEndedTask(transaction, row.id);
    const ends = [lastTask?.finished_at, row.visible_completed_at].filter((at) => typeof at === 'number');
    scheduled.push({
      id: row.id,
      lastAt: ends.length === 0 ? undefined : Math.max(...ends),
      lastTask,
      isSyncing: open !== undefined,
      needsAttention: needsAttention(row, provider),
    });
  }
  return scheduled;
}

function needsAttention(
  row: Pick<ConnectionRow, 'attention_reason' | 'credential_refused' | 'bound_to' | 'kind'>,
  provider: GitProviderRow,
): boolean {
  return row.attention_reason !== null || row.credential_refused === 1 || !isBoundTo(row, provider);
}

function openTask(transaction: Queries, connectionId: string) {
  return transaction
    .selectFrom('sync_tasks')
    .select('id')
    .where('connection_id', '=', connectionId)
    .where('state', 'in', openStates)
    .executeTakeFirst();
}

function lastEndedTask(transaction: Queries, connectionId: string) {
  return transaction
    .selectFrom('sync_tasks')
    .select(['state', 'error_kind', 'finished_at'])
    .where('connection_id', '=', connectionId)
    .where('finished_at', 'is not', null)
    .orderBy('finished_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}
