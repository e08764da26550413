import { bandOf } from './access-levels.js';
import type { Threshold } from './access-levels.js';
import type { ProjectWire } from './wire.js';

type Ids = ReadonlySet<number>;

/**
 * Which projects were at or above a threshold, as read in three turns, each begun after the one before it had ended.
 * A reading that could tell nothing new is absent.
 */
export interface LevelReadings {
  readonly before: { readonly reporters: Ids; readonly maintainers: Ids };
  /** Read in the same turn as the rows themselves. */
  readonly during: { readonly developers?: Ids | undefined; readonly owners?: Ids | undefined };
  readonly after?:
    { readonly reporters?: Ids | undefined; readonly maintainers?: Ids | undefined } | undefined;
}

/** The greatest threshold that a project reaches, 0 below all; 'changed' when readings contradict one another. */
export type Band = Threshold | 0 | 'changed';

/**
 * Decides from the readings. A band is the answer only if its own threshold and the next one were seen in turns
 * between each other: Reporter and Maintainer before and after, the rest between. So a level that changed once
 * meanwhile is told as it was or as it became, or contradicts itself; it never looks like a third.
 */
export function createBandDecider({ before, during, after }: LevelReadings): (project: ProjectWire) => Band {
  const seen: readonly (readonly [Threshold, Ids | undefined])[] = [
    [20, before.reporters],
    [40, before.maintainers],
    [30, during.developers],
    [50, during.owners],
    [20, after?.reporters],
    [40, after?.maintainers],
  ];
  return (project) => {
    let reached: Threshold | 0 = 0;
    let missed = Number.POSITIVE_INFINITY;
    for (const [threshold, ids] of seen) {
      if (ids === undefined) continue;
      if (!ids.has(project.id)) missed = Math.min(missed, threshold);
      else if (threshold > reached) reached = threshold;
    }
    return missed <= Math.max(reached, bandOf(knownLevel(project))) ? 'changed' : reached;
  };
}

/** Which readings of the last turn some project's band depends on. */
export function openQuestions(
  projects: readonly ProjectWire[],
  readings: LevelReadings,
): { readonly reporters: boolean; readonly maintainers: boolean } {
  const bands = new Set(projects.map(createBandDecider(readings)));
  return { reporters: bands.has(0) || bands.has(20), maintainers: bands.has(30) || bands.has(40) };
}

/**
 * The greatest access level that the row itself tells: of a direct member and of a member of the groups around. Shares
 * are not counted, so the effective one may be greater; it is never less.
 *
 * @see https://gitlab.com/gitlab-org/gitlab/-/issues/43684
 */
export function knownLevel({ permissions }: ProjectWire): number {
  return Math.max(
    permissions?.project_access?.access_level ?? 0,
    permissions?.group_access?.access_level ?? 0,
  );
}
