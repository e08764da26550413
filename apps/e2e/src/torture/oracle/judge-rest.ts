import { tickMs } from '../fast-clock.js';
import type { TaskView } from '../processes/protocol.js';
import type { Knowledge, Look } from './judge-list.js';
import type { Violation } from './violation.js';

/** How things are for one person when nothing goes on any more. */
export interface Rest {
  readonly look: Look;
  /** The person's runs that were seen to end, in no order. */
  readonly ended: readonly TaskView[];
  /** When the person last signed in or out, for certain. */
  readonly accountSince: number;
}

/** What a list must be, by how the last run has ended. */
export function judgeRest({ look, ended, accountSince }: Rest, knowledge: Knowledge): readonly Violation[] {
  if (look.accountId === undefined) return [];
  const runs = ended
    .filter(({ finishedAt = 0 }) => finishedAt >= accountSince)
    .toSorted((one, other) => (one.finishedAt ?? 0) - (other.finishedAt ?? 0));
  const last = runs.at(-1);
  if (last === undefined) return [];
  if (isRevoked(last)) return judgeRevoked(look);
  const { completedAt } = look;
  if (completedAt !== undefined && !ended.some((run) => hasCompleted(run, completedAt))) {
    const story = `person ${look.person} at ${look.from}: what is shown was completed at ${completedAt}, when no run succeeded`;
    return [{ law: 'only what a run has completed is shown', story }];
  }
  const revokedAt = runs.findLast(isRevoked)?.finishedAt ?? 0;
  const good = runs.findLast(({ state, finishedAt = 0 }) => state === 'succeeded' && finishedAt > revokedAt);
  if (good?.finishedAt === undefined) return [];
  const isLast = good === last;
  const policies = knowledge.policy.during(good.finishedAt, look.until);
  if (!isLast && policies.includes('revoke-first')) return [];
  if (completedAt !== undefined && completedAt >= good.finishedAt - tickMs) return [];
  return [
    {
      law: isLast ? 'what a run has completed is shown' : 'the last complete list stands',
      story: `person ${look.person} at ${look.from}: a run was completed at ${good.finishedAt}, the last one ${last.state}, and what is shown was completed ${completedAt === undefined ? 'never' : `at ${completedAt}`}`,
    },
  ];
}

function hasCompleted({ state, finishedAt = 0 }: TaskView, at: number): boolean {
  return state === 'succeeded' && Math.abs(finishedAt - at) <= tickMs;
}

function isRevoked({ state, error }: TaskView): boolean {
  return state === 'failed' && error?.kind === 'unauthenticated';
}

function judgeRevoked({ person, from, repositories, needsAttention }: Look): readonly Violation[] {
  if (repositories.length === 0 && needsAttention) return [];
  return [
    {
      law: 'a definite revocation hides at once',
      story: `person ${person} at ${from}: the forge has refused the token for good, and ${repositories.length} rows are shown, ${needsAttention ? '' : 'not '}marked for attention`,
    },
  ];
}
