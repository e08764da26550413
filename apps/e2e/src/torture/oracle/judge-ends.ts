import type { TaskView } from '../processes/protocol.js';
import { tickMs } from '../fast-clock.js';
import type { Violation } from './violation.js';

/** How a run ended, with all that could have made it end so. */
export interface EndedRun {
  readonly person: number;
  readonly task: TaskView;
}

/** Something that happened to a person's sign-in, or to the forge, that may end a sync. */
export interface Cause {
  readonly at: number;
  /** Absent: it is the same for everybody. */
  readonly person?: number | undefined;
  readonly mayFailAs: readonly string[];
  readonly mayCancel: boolean;
}

/** A run that failed or was cancelled must have a cause that explains the reason that it tells. */
export function judgeEnds(runs: readonly EndedRun[], causes: readonly Cause[]): readonly Violation[] {
  return runs.flatMap(({ person, task }) => {
    const { state, error, startedAt = 0, finishedAt = Number.POSITIVE_INFINITY } = task;
    if (state === 'succeeded') return [];
    const before = causes.filter(
      (cause) => cause.at <= finishedAt + tickMs && (cause.person === undefined || cause.person === person),
    );
    if (state === 'cancelled' && before.some(({ mayCancel }) => mayCancel)) return [];
    const kind = error?.kind ?? '';
    if (state === 'failed' && before.some(({ mayFailAs }) => mayFailAs.includes(kind))) return [];
    const why = error === undefined ? 'no reason' : `${error.kind}: ${error.message}`;
    return [
      {
        law: 'what ends a sync is what has happened',
        story: `person ${person}: the run from ${startedAt} to ${finishedAt} ${state} (${why}), and nothing explains it`,
      },
    ];
  });
}
