import type { Answers } from '../answers/answers.js';
import { EndedRateBudgets } from '../budgets/ended-rate-budgets.js';
import type { SessionLifetime } from '../people/sessions.js';
import type { Resources } from '../resources.js';
import type { GenerationSweeper } from '../syncs/generation-sweeper.js';
import { SyncSchedule } from '../syncs/sync-schedule.js';
import type { Syncs } from '../syncs/syncs.js';
import type { Chore } from './chore.js';
import { EndedSessions } from './ended-sessions.js';
import { FinishedSyncs } from './finished-syncs.js';
import { Housekeeping } from './housekeeping.js';
import { UnreachedRepositories } from './unreached-repositories.js';

const hourMs = 3_600_000;

export interface HousekeepingParts {
  readonly resources: Resources;
  readonly syncs: Syncs;
  readonly generations: GenerationSweeper;
  readonly answers: Answers;
  readonly sessionLifetime: SessionLifetime;
  /** 0: for ever. */
  readonly repositoryRetentionDays: number;
}

/** What the hub does by itself from time to time, once for all processes. */
export function openHousekeeping(parts: HousekeepingParts): Housekeeping {
  const { resources, syncs, generations, answers, sessionLifetime, repositoryRetentionDays } = parts;
  return new Housekeeping(resources, [
    new SyncSchedule(resources, syncs),
    oldPermissions(generations),
    new UnreachedRepositories(resources, repositoryRetentionDays),
    new FinishedSyncs(resources),
    new EndedSessions(resources, sessionLifetime),
    new EndedRateBudgets(resources),
    unusedAnswers(answers),
  ]);
}

/** Each sync sweeps up behind itself; this is for what was left when a process was killed. */
function oldPermissions(generations: GenerationSweeper): Chore {
  return {
    name: 'old permissions',
    everyMs: hourMs,
    failure: 'Old permissions could not be swept.',
    async *batches() {
      await generations.sweep();
      yield;
    },
  };
}

function unusedAnswers(answers: Answers): Chore {
  return {
    name: 'unused answers',
    everyMs: hourMs,
    failure: 'Answers that nobody asks for any more could not be deleted.',
    async *batches(signal) {
      await answers.sweep(signal);
      yield;
    },
  };
}
