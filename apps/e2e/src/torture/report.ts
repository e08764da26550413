import type { Violation } from './oracle/violation.js';
import type { Database, ForgeType, RunPlan } from './plan/plan.js';
import type { RunResult } from './run/play-run.js';
import { Tally } from './tally.js';

interface SeededViolation extends Violation {
  readonly seed: number;
}

export interface ReportOptions {
  readonly forges: readonly ForgeType[];
  readonly databases: readonly Database[];
  /** Whether every run that violates anything is told whole. */
  readonly verbose: boolean;
}

/** What a torture came to, in words. */
export class Report {
  readonly violations: SeededViolation[] = [];
  runs = 0;
  readonly #options: ReportOptions;
  readonly #startedAt = performance.now();
  readonly #places = new Tally();
  readonly #happenings = new Tally();
  readonly #outcomes = new Tally();
  #looks = 0;
  #rows = 0;

  constructor(options: ReportOptions) {
    this.#options = options;
  }

  add({ plan, violations, happenings, outcomes, looks, rows }: RunResult): void {
    this.runs += 1;
    this.violations.push(...violations.map((violation) => ({ ...violation, seed: plan.seed })));
    this.#places.add(`${plan.forge} on ${plan.database}`);
    this.#happenings.include(happenings);
    this.#outcomes.include(outcomes);
    this.#looks += looks;
    this.#rows += rows;
  }

  /** Nothing for a run in which all was well. */
  lineOf({ plan, violations, diary }: RunResult): string {
    if (violations.length === 0 && !this.#options.verbose) return '';
    const lines = violations.map(({ law, story }) => `  VIOLATION ${law}\n    ${story}\n`).join('');
    const told = this.#options.verbose ? `${diary.map((line) => `    | ${line}`).join('\n')}\n` : '';
    return `seed ${plan.seed}, ${plan.forge} on ${plan.database}, again with: ${commandOf(plan)}\n${lines}    plan: ${JSON.stringify(plan)}\n${told}`;
  }

  summary(): string {
    const seconds = ((performance.now() - this.#startedAt) / 1_000).toFixed(0);
    return [
      `${this.runs} runs in ${seconds} s: ${this.#places.toString()}`,
      `what happened: ${this.#happenings.toString()}`,
      `how syncs ended: ${this.#outcomes.toString()}`,
      `checked: ${this.#looks} lists with ${this.#rows} rows`,
      `violations: ${this.violations.length}`,
      '',
    ].join('\n');
  }
}

/** What plays the same plan. The moments at which processes do something are their own. */
function commandOf({ seed, forge, database }: RunPlan): string {
  return `npm run torture -- sync --runs 1 --seed ${seed} --only ${forge} --database ${database} --verbose`;
}
