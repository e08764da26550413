import type { SyncView, TaskView } from '../processes/protocol.js';
import type { Violation } from './violation.js';

/** A sync as it was told at a moment. */
export interface SeenSync extends SyncView {
  readonly seenAt: number;
}

const openStates: readonly string[] = ['queued', 'running', 'waiting'];

export function isOpen({ state }: Pick<TaskView, 'state'>): boolean {
  return openStates.includes(state);
}

/** The first of these that a task is in is the state of the whole sync. */
const precedence = ['running', 'waiting', 'queued', 'failed', 'interrupted', 'cancelled'];

/** Holds what was told of one sync, in the order in which it was, against what a sync may say. */
export function judgeSync(seen: readonly SeenSync[]): readonly Violation[] {
  const violations = seen.flatMap(judgeView);
  for (const [index, sync] of seen.entries()) {
    const before = seen[index - 1];
    if (before !== undefined) violations.push(...judgeStep(before, sync));
  }
  return violations;
}

/** What one look at a sync says of itself must fit together. */
function judgeView(sync: SeenSync): readonly Violation[] {
  const { tasks } = sync;
  const ended = tasks.filter((task) => !isOpen(task)).length;
  const state =
    tasks.length === 0
      ? 'cancelled'
      : (precedence.find((each) => tasks.some((task) => task.state === each)) ?? 'succeeded');
  const providers = tasks.filter(isOpen).map(({ gitProviderId }) => gitProviderId);
  const checks: readonly (readonly [boolean, string])[] = [
    [sync.state === state, `is ${sync.state} where its tasks make it ${state}`],
    [sync.done === ended, `tells ${sync.done} done where ${ended} have ended`],
    [(sync.finishedAt === undefined) === ended < tasks.length, 'tells an end that does not fit its tasks'],
    [new Set(providers).size === providers.length, 'has two open tasks for one git provider'],
    ...tasks.flatMap(checksOf),
  ];
  return checks.filter(([holds]) => !holds).map(([, words]) => told(sync, words));
}

function checksOf(task: TaskView): readonly (readonly [boolean, string])[] {
  const { state, error } = task;
  return [
    [(task.finishedAt !== undefined) === !isOpen(task), `has a task that is ${state} and tells another end`],
    [(task.waitingUntil !== undefined) === (state === 'waiting'), `has a task that is ${state} and waits`],
    [state !== 'failed' || (error?.message ?? '') !== '', 'has a task that failed without a reason'],
    [state !== 'waiting' || error !== undefined, 'has a task that waits without a reason'],
    [
      !['succeeded', 'queued', 'running'].includes(state) || error === undefined,
      `has a task that is ${state} with an error`,
    ],
    [
      !['running', 'succeeded'].includes(state) || task.startedAt !== undefined,
      `has a task that is ${state} and never began`,
    ],
  ];
}

/** What may not follow upon what. */
function judgeStep(before: SeenSync, after: SeenSync): readonly Violation[] {
  const violations: Violation[] = [];
  if (after.revision < before.revision)
    violations.push(told(after, `is at revision ${after.revision} after ${before.revision}`));
  if (before.finishedAt !== undefined && after.finishedAt === undefined)
    violations.push(told(after, 'has ended and goes on'));
  for (const task of after.tasks) {
    const former = before.tasks.find(({ id }) => id === task.id);
    if (former === undefined || after.revision === before.revision) continue;
    const isSameRun = former.startedAt !== undefined && former.startedAt === task.startedAt;
    if (!isSameRun || isOpen(former)) continue;
    if (task.state !== former.state)
      violations.push(told(after, `has a task that was ${former.state} and is ${task.state}`));
    else if (task.finishedAt !== former.finishedAt)
      violations.push(told(after, 'has a task that has ended twice'));
  }
  return violations;
}

function told({ id, seenAt, tasks }: SeenSync, words: string): Violation {
  const states = tasks.map(({ state }) => state).join(', ');
  return { law: 'a sync tells what fits together', story: `sync ${id} (${states}) at ${seenAt} ${words}` };
}
