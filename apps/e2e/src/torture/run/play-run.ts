import { FastClock } from '../fast-clock.js';
import { startForge } from '../forges/start-forge.js';
import type { Violation } from '../oracle/violation.js';
import type { RunPlan } from '../plan/plan.js';
import type { Stage } from '../processes/stage.js';
import type { Tally } from '../tally.js';
import { Player } from './player.js';

/** What a run came to. */
export interface RunResult {
  readonly plan: RunPlan;
  readonly violations: readonly Violation[];
  /** What has happened, line by line. */
  readonly diary: readonly string[];
  readonly happenings: Tally;
  /** How runs of syncs ended. */
  readonly outcomes: Tally;
  readonly looks: number;
  readonly rows: number;
}

/** Plays a plan on a stage: every round of it, and a last one in which nothing goes wrong. */
export async function playRun(plan: RunPlan, stage: Stage): Promise<RunResult> {
  const clock = new FastClock(stage.time);
  const forge = await startForge(plan, clock);
  const player = new Player({ plan, stage, forge, clock });
  const stopCounting = forge.simulator.onRequest((request) => player.meet(request));
  try {
    await player.begin();
    for (const [index, round] of plan.rounds.entries()) await player.play(round, index);
    await player.playLast();
    await player.leave();
    return player.result();
  } catch (error) {
    return player.result(error);
  } finally {
    stopCounting();
    await forge.simulator.close();
  }
}
