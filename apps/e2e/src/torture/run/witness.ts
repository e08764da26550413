import type { FastClock } from '../fast-clock.js';
import type { TortureForge } from '../forges/torture-forge.js';
import type { Selection } from '../oracle/facts.js';
import type { Cause } from '../oracle/judge-ends.js';
import { judgeEnds } from '../oracle/judge-ends.js';
import type { Knowledge, Look } from '../oracle/judge-list.js';
import { judgeList } from '../oracle/judge-list.js';
import { judgeRest } from '../oracle/judge-rest.js';
import { judgeSync } from '../oracle/judge-syncs.js';
import { Timeline } from '../oracle/timeline.js';
import type { Violation } from '../oracle/violation.js';
import type { RunPlan, SyncPolicy } from '../plan/plan.js';
import { Tally } from '../tally.js';
import type { Diary } from './diary.js';
import { Observer } from './observer.js';
import { Visitor } from './people.js';
import { selectionOf } from './scope.js';
import { WorldHistory } from './world-history.js';

export interface WitnessParts {
  readonly plan: RunPlan;
  readonly forge: TortureForge;
  readonly clock: FastClock;
  readonly diary: Diary;
}

/** Remembers of a run all that judging it takes: what was true when, what was asked when, and what was seen. */
export class Witness {
  readonly people: readonly Visitor[];
  readonly history: WorldHistory;
  readonly observer = new Observer();
  readonly selection: Timeline<Selection>;
  readonly policy: Timeline<SyncPolicy>;
  readonly outcomes = new Tally();
  readonly #looks: Look[] = [];
  readonly #causes: Cause[] = [];

  constructor({ plan, forge, clock }: WitnessParts) {
    const now = clock.now().getTime();
    this.people = Array.from(
      { length: plan.people },
      (_, index) => new Visitor(index, `seed ${plan.seed}`, now),
    );
    this.history = new WorldHistory(forge, clock);
    this.selection = new Timeline(now, selectionOf(forge, plan.scope));
    this.policy = new Timeline(now, plan.policy);
  }

  visitor(index: number): Visitor {
    const visitor = this.people[index];
    if (visitor === undefined) throw new Error(`There is no person ${index}.`);
    return visitor;
  }

  /** Something that may be why a sync does not succeed. */
  explain(cause: Cause): void {
    this.#causes.push(cause);
  }

  keep(look: Look): void {
    this.#looks.push(look);
  }

  get looks(): number {
    return this.#looks.length;
  }

  get rows(): number {
    return this.#looks.reduce((sum, { repositories }) => sum + repositories.length, 0);
  }

  judgeRest(look: Look): readonly Violation[] {
    const { index, accountSince } = this.visitor(look.person);
    return judgeRest({ look, ended: this.observer.endedOf(index), accountSince }, this.#knowledge(index));
  }

  /** After the last round, in which nothing went wrong: whoever the forge welcomes has a list. */
  judgeLast(): readonly Violation[] {
    return this.people.flatMap(({ index, isSignedIn, isWelcome }) => {
      if (!isSignedIn) return [];
      const last = this.observer
        .endedOf(index)
        .toSorted((one, other) => (one.finishedAt ?? 0) - (other.finishedAt ?? 0))
        .at(-1);
      const expected = isWelcome ? 'succeeded' : 'failed';
      if (last?.state === expected) return [];
      const why = last?.error === undefined ? '' : ` (${last.error.kind}: ${last.error.message})`;
      const seen = `${last?.state ?? 'was never run'}${why}`;
      return [
        { law: 'a sync succeeds when nothing is wrong', story: `person ${index}: ${seen}, not ${expected}` },
      ];
    });
  }

  /** Everything that was seen, at the end of the run, when all is known. */
  judge(): readonly Violation[] {
    const runs = this.people.flatMap(({ index }) =>
      this.observer.endedOf(index).map((task) => ({ person: index, task })),
    );
    for (const { task } of runs) {
      const kind = task.error === undefined ? '' : ` (${task.error.kind})`;
      this.outcomes.add(`${task.state}${task.state === 'failed' ? kind : ''}`);
    }
    return [
      ...this.#looks.flatMap((look) => judgeList(look, this.#knowledge(look.person))),
      ...this.observer.watched.flatMap(judgeSync),
      ...judgeEnds(runs, this.#causes),
    ];
  }

  #knowledge(index: number): Knowledge {
    return {
      facts: this.history.facts,
      selection: this.selection,
      policy: this.policy,
      account: this.visitor(index).account,
      starts: this.observer.startsOf(index),
    };
  }
}
