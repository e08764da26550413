import type { LoggedRequest } from '@anyforge/forge-simulator';
import type { FastClock } from '../fast-clock.js';
import type { TortureForge } from '../forges/torture-forge.js';
import type { Violation } from '../oracle/violation.js';
import type { PlannedHappening, Round, RunPlan } from '../plan/plan.js';
import type { Stage } from '../processes/stage.js';
import { Tally } from '../tally.js';
import { within } from './bounded.js';
import { Diary } from './diary.js';
import { Commands } from './commands.js';
import { happen } from './happen.js';
import type { RunResult } from './play-run.js';
import { Witness } from './witness.js';

/** How long an answer of the forge is held at most, and how long a round may take to come to rest. */
const holdAtMostMs = 3_000;
const restAtMostMs = 60_000;

export interface PlayerParts {
  readonly plan: RunPlan;
  readonly stage: Stage;
  readonly forge: TortureForge;
  readonly clock: FastClock;
}

/** Plays rounds: begins a sync, lets happen what is planned at its moments, waits for rest, and has it judged. */
export class Player {
  readonly #plan: RunPlan;
  readonly #forge: TortureForge;
  readonly #clock: FastClock;
  readonly #diary: Diary;
  readonly #commands: Commands;
  readonly #witness: Witness;
  readonly #happenings = new Tally();
  readonly #violations: Violation[] = [];
  #planned: readonly PlannedHappening[] = [];
  #requests = 0;
  #underWay: Promise<unknown>[] = [];

  constructor({ plan, stage, forge, clock }: PlayerParts) {
    this.#plan = plan;
    this.#forge = forge;
    this.#clock = clock;
    this.#diary = new Diary(clock);
    this.#witness = new Witness({ plan, forge, clock, diary: this.#diary });
    this.#commands = new Commands({ plan, stage, forge, clock, diary: this.#diary, witness: this.#witness });
    stage.ears = {
      sync: (watch, sync) => {
        this.#witness.observer.see(watch, sync, clock.now().getTime());
      },
      warning: (text) => {
        this.#diary.note(`warning: ${text}`);
      },
    };
  }

  /** Is called with every request before the forge answers it. */
  async meet({ surface, method, path }: LoggedRequest): Promise<void> {
    if (surface !== 'api') return;
    this.#requests += 1;
    this.#diary.note(`request ${this.#requests}: ${method} ${path}`);
    const due = this.#planned.filter(({ afterRequests }) => afterRequests <= this.#requests);
    this.#planned = this.#planned.filter((each) => !due.includes(each));
    for (const planned of due) {
      const done = this.#let(planned);
      if (planned.holdsAnswer) await within(holdAtMostMs, done);
    }
  }

  async begin(): Promise<void> {
    await this.#commands.addProvider();
  }

  async play(round: Round, index: number): Promise<void> {
    this.#diary.note(`round ${index + 1}`);
    this.#requests = 0;
    this.#planned = round.happenings;
    for (const person of this.#witness.people) {
      if (person.isSignedIn) await this.#commands.sync(round.process, person.index);
      else await this.#commands.signIn(round.process, person.index, 'the same');
    }
    await this.#rest();
    while (this.#planned.length > 0) {
      const [next, ...others] = this.#planned;
      this.#planned = others;
      if (next !== undefined) await this.#let(next);
    }
    await this.#rest();
    await this.#lookAtAll(round.process);
  }

  /** A sync at the end, when the forge is well and its world stands still. */
  async playLast(): Promise<void> {
    this.#diary.note('last round');
    this.#forge.simulator.faults.clear();
    for (const person of this.#witness.people) {
      if (person.isSignedIn) await this.#commands.sync(0, person.index);
    }
    await this.#rest();
    await this.#lookAtAll(0);
    this.#violations.push(...this.#witness.judgeLast());
  }

  /** Looks for what is left in the store, and removes the git provider. */
  async leave(): Promise<void> {
    this.#violations.push(...(await this.#commands.findTraces()));
    await this.#commands.removeProvider();
    this.#violations.push(...(await this.#commands.findTraces()));
  }

  /** @param error why the run could not be played to its end, if so */
  result(error?: unknown): RunResult {
    const { looks, rows, outcomes } = this.#witness;
    const story = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {
      plan: this.#plan,
      violations: [
        ...(error === undefined ? [] : [{ law: 'every run comes to its end', story }]),
        ...this.#violations,
        ...this.#commands.faults,
        ...this.#witness.judge(),
      ],
      diary: this.#diary.lines,
      happenings: this.#happenings,
      outcomes,
      looks,
      rows,
    };
  }

  #let(planned: PlannedHappening): Promise<void> {
    const { happening, process } = planned;
    this.#happenings.add(happening.kind === 'world' ? `world: ${happening.change}` : happening.kind);
    const done = happen(happening, {
      process,
      forge: this.#forge,
      commands: this.#commands,
      witness: this.#witness,
      diary: this.#diary,
      clock: this.#clock,
    });
    this.#underWay.push(done);
    return done;
  }

  /** Waits until all that was begun has ended, and no task is open. */
  async #rest(): Promise<void> {
    const rested = await within(
      restAtMostMs,
      this.#becomeQuiet().then(() => true),
    );
    if (rested === true) return;
    const open = await within(holdAtMostMs, this.#commands.describeOpen());
    throw new Error(`Not at rest after ${restAtMostMs} ms: ${open ?? 'nobody tells'}`);
  }

  async #becomeQuiet(): Promise<void> {
    while (this.#underWay.length > 0) {
      const underWay = this.#underWay;
      this.#underWay = [];
      await Promise.all(underWay);
    }
    for (const person of this.#witness.people) await this.#commands.waitForSyncs(person.index);
  }

  async #lookAtAll(process: number): Promise<void> {
    for (const { index } of this.#witness.people) {
      const look = await this.#commands.lookAtRest(process, index);
      if (look !== undefined) this.#violations.push(...this.#witness.judgeRest(look));
    }
  }
}
