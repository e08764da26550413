import { playRun } from './run/play-run.js';
import type { RunResult } from './run/play-run.js';
import type { SourceChange } from './mutants.js';
import type { Database, PlanChoices, RunPlan } from './plan/plan.js';
import { makePlan } from './plan/plan.js';
import { Stage } from './processes/stage.js';

export interface TortureOptions extends PlanChoices {
  /** The first run's; each has one more than the one before. */
  readonly seed: number;
  readonly runs: number;
  readonly changes: readonly SourceChange[];
  /** Ends the torture at the first violation. */
  readonly untilCaught: boolean;
  readonly onRun: (result: RunResult) => void;
}

/** Plays runs with seeds that follow one another, those of each database one after the other beside those of the other. */
export async function torture(options: TortureOptions): Promise<void> {
  const plans = Array.from({ length: options.runs }, (_, index) => makePlan(options.seed + index, options));
  const progress = { isOver: false };
  await Promise.all(
    options.databases.map((database) =>
      playLane(
        database,
        plans.filter((plan) => plan.database === database),
        options,
        progress,
      ),
    ),
  );
}

async function playLane(
  database: Database,
  plans: readonly RunPlan[],
  { changes, untilCaught, onRun }: TortureOptions,
  progress: { isOver: boolean },
): Promise<void> {
  if (plans.length === 0) return;
  let stage = await Stage.start({ database, changes });
  try {
    for (const plan of plans) {
      if (progress.isOver) return;
      const result = await playRun(plan, stage);
      onRun(result);
      if (result.violations.length === 0) continue;
      if (untilCaught) progress.isOver = true;
      // What has gone wrong may go on.
      await stage.close();
      stage = await Stage.start({ database, changes });
    }
  } finally {
    await stage.close();
  }
}
