import type { Omission } from '@anyforge/core';
import { configuredLink } from '../forge-links.js';
import { fromNullableJson, toDate } from '../store/json.js';
import type { GitProviderRow, SyncRow, SyncTaskRow, SyncTaskState } from '../store/schema.js';
import type { SyncTaskError } from './sync-task-error.js';
import { readError } from './sync-task-error.js';

/** One run that fetches a person's repositories and permissions. */
export interface Sync {
  readonly id: string;
  /**
   * Derived from the tasks: `running` while any is, and at the end the worst of theirs. `cancelled` when there is none
   * any more, because their git providers were removed.
   */
  readonly state: SyncTaskState;
  /** Grows with every change. */
  readonly revision: number;
  /** How many tasks have ended, of `tasks.length`. */
  readonly done: number;
  readonly createdAt: Date;
  /** Absent while any task is open. */
  readonly finishedAt?: Date | undefined;
  readonly tasks: readonly SyncTask[];
}

/** A sync's work for one connection. */
export interface SyncTask {
  readonly id: string;
  readonly gitProviderId: string;
  readonly state: SyncTaskState;
  readonly pages: number;
  readonly repositories: number;
  /** Absent: the forge does not tell. */
  readonly total?: number | undefined;
  /** Their links are those that lead to the git provider. */
  readonly omitted: readonly Omission[];
  /** When a `waiting` task goes on. */
  readonly waitingUntil?: Date | undefined;
  /** Why it waits, failed or was interrupted. */
  readonly error?: SyncTaskError | undefined;
  readonly startedAt?: Date | undefined;
  readonly finishedAt?: Date | undefined;
}

export const openStates = ['queued', 'running', 'waiting'] as const satisfies readonly SyncTaskState[];

/** The first of these that a task is in is the state of the whole sync. */
const precedence: readonly SyncTaskState[] = [
  'running',
  'waiting',
  'queued',
  'failed',
  'interrupted',
  'cancelled',
];

/** A task, and how its git provider is configured. */
export type ConfiguredTaskRow = SyncTaskRow & Pick<GitProviderRow, 'config'>;

export function toSync(row: SyncRow, taskRows: readonly ConfiguredTaskRow[]): Sync {
  const tasks = taskRows.map(toSyncTask);
  const state = tasks.length === 0 ? 'cancelled' : stateOf(tasks);
  const ends = taskRows.map((task) => task.finished_at).filter((end) => end !== null);
  return {
    id: row.id,
    state,
    revision: row.revision,
    done: ends.length,
    createdAt: new Date(row.created_at),
    finishedAt: ends.length === tasks.length ? new Date(Math.max(...ends, row.created_at)) : undefined,
    tasks,
  };
}

/** Of a sync with these tasks. */
export function stateOf(tasks: readonly Pick<SyncTask, 'state'>[]): SyncTaskState {
  return precedence.find((candidate) => tasks.some((task) => task.state === candidate)) ?? 'succeeded';
}

function toSyncTask(row: ConfiguredTaskRow): SyncTask {
  const link = configuredLink(row);
  return {
    id: row.id,
    gitProviderId: row.git_provider_id,
    state: row.state,
    pages: row.pages,
    repositories: row.repositories,
    total: row.total ?? undefined,
    omitted: (fromNullableJson(row.omitted) ?? []).map((omission) => ({
      ...omission,
      url: link(omission.url),
    })),
    waitingUntil: toDate(row.waiting_until),
    error: readError(row),
    startedAt: toDate(row.started_at),
    finishedAt: toDate(row.finished_at),
  };
}
