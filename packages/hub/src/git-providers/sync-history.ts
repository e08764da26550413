import { sql } from 'kysely';
import { HubError } from '../errors.js';
import type { SyncTaskState } from '../store/schema.js';
import type { Queries } from '../store/store.js';

/** How syncs with a git provider have ended: in numbers, and whose is not told. */
export interface SyncHistory {
  readonly from: Date;
  readonly to: Date;
  /** How long each period is; they begin at multiples of it in UTC. */
  readonly bucketMinutes: number;
  /** Oldest first; without those in which nothing ended. */
  readonly items: readonly SyncHistoryBucket[];
}

/** What ended in one period, one for each person and sync. */
export interface SyncHistoryBucket {
  readonly from: Date;
  readonly succeeded: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly interrupted: number;
  /** How long those took that succeeded, with what they waited: the middle one. Absent: none has. */
  readonly medianMs?: number | undefined;
  /** The longest of them. */
  readonly maxMs?: number | undefined;
}

/** For so many finished syncs are kept. */
const daysAtMost = 30;

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** So that there are some sixty periods at most, as many as a small chart shows. */
const bucketMinutesUpTo: readonly (readonly [days: number, minutes: number])[] = [
  [2, 60],
  [14, 6 * 60],
  [daysAtMost, 12 * 60],
];

/** @throws HubError `invalid_input` where it cannot be told of so many days. */
export async function syncHistoryOf(
  database: Queries,
  gitProviderId: string,
  { days, to }: { readonly days: number; readonly to: Date },
): Promise<SyncHistory> {
  if (!Number.isInteger(days) || days < 1 || days > daysAtMost) {
    const message = `must be a whole number from 1 to ${String(daysAtMost)}`;
    throw HubError.invalidInput([{ path: 'days', message }]);
  }
  const [, bucketMinutes = 0] = bucketMinutesUpTo.find(([most]) => days <= most) ?? [];
  const bucketMs = bucketMinutes * minuteMs;
  const from = Math.floor((to.getTime() - days * dayMs) / bucketMs) * bucketMs;
  const rows = await endedTasks(database, { gitProviderId, from, bucketMs });
  const buckets = [...new Set(rows.map(({ bucket }) => Number(bucket)))].toSorted(
    (one, other) => one - other,
  );
  return {
    from: new Date(from),
    to,
    bucketMinutes,
    items: buckets.map((bucket) =>
      toBucket(
        new Date(bucket * bucketMs),
        rows.filter((row) => Number(row.bucket) === bucket),
      ),
    ),
  };
}

/** Numbers are texts where a database counts further than a number goes. */
interface EndedTasksRow {
  readonly bucket: number | string;
  readonly state: SyncTaskState;
  readonly tasks: number | string;
  readonly median: number | string | null;
  readonly longest: number | string | null;
}

/** By period and state; counted where they are, because there may be many. */
async function endedTasks(
  database: Queries,
  { gitProviderId, from, bucketMs }: { readonly gitProviderId: string; from: number; bucketMs: number },
): Promise<readonly EndedTasksRow[]> {
  const { rows } = await sql<EndedTasksRow>`
    select bucket, state, count(*) as tasks, max(duration) as longest,
      max(case when place = (many + 1) / 2 then duration end) as median
    from (
      select bucket, state, duration, count(*) over (partition by bucket, state) as many,
        row_number() over (partition by bucket, state order by duration) as place
      from (
        select finished_at / ${sql.lit(bucketMs)} as bucket, state, finished_at - started_at as duration
        from sync_tasks where git_provider_id = ${gitProviderId} and finished_at >= ${from}
      ) as ended
    ) as placed
    group by bucket, state`.execute(database);
  return rows;
}

function toBucket(from: Date, rows: readonly EndedTasksRow[]): SyncHistoryBucket {
  const of = (state: SyncTaskState): EndedTasksRow | undefined => rows.find((row) => row.state === state);
  const count = (state: SyncTaskState): number => Number(of(state)?.tasks ?? 0);
  const succeeded = of('succeeded');
  return {
    from,
    succeeded: count('succeeded'),
    failed: count('failed'),
    cancelled: count('cancelled'),
    interrupted: count('interrupted'),
    ...(succeeded && { medianMs: Number(succeeded.median), maxMs: Number(succeeded.longest) }),
  };
}
