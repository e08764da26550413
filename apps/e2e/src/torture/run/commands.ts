import { setTimeout as delay } from 'node:timers/promises';
import type { FastClock } from '../fast-clock.js';
import type { TortureForge } from '../forges/torture-forge.js';
import type { Look } from '../oracle/judge-list.js';
import { isOpen } from '../oracle/judge-syncs.js';
import type { Violation } from '../oracle/violation.js';
import type { RunPlan, Scope, SyncPolicy } from '../plan/plan.js';
import type { OperationInput, OperationName, OperationOutput, SyncView } from '../processes/protocol.js';
import { RefusalError } from '../processes/remote-hub.js';
import type { Stage } from '../processes/stage.js';
import { Sequence } from './bounded.js';
import type { Diary } from './diary.js';
import { selectionOf } from './scope.js';
import type { Witness } from './witness.js';

/** How long housekeeping may take. */
const sweptWithinMs = 5_000;
const betweenLooksMs = 50;

/** What a hub says when something is wrong with itself, and not with what it was asked. */
const ownFaults: readonly string[] = ['fault', 'internal', 'store_failed', 'store_locked', 'store_unusable'];

export interface CommandsParts {
  readonly plan: RunPlan;
  readonly stage: Stage;
  readonly forge: TortureForge;
  readonly clock: FastClock;
  readonly diary: Diary;
  readonly witness: Witness;
}

/** What people and administrators ask of the hub, and what the witness has to know of it. */
export class Commands {
  readonly #parts: CommandsParts;
  readonly #name: string;
  readonly #faults: Violation[] = [];
  /** What is asked of the settings, and of one person's sign-in, is asked in turn: else nobody knew which came last. */
  readonly #settings = new Sequence();
  readonly #signIns: readonly Sequence[];
  #gitProviderId = '';

  constructor(parts: CommandsParts) {
    this.#parts = parts;
    this.#name = `Forge ${parts.plan.seed} ${parts.plan.forge}`;
    this.#signIns = parts.witness.people.map(() => new Sequence());
  }

  /** What the hub said to be wrong with itself. */
  get faults(): readonly Violation[] {
    return this.#faults;
  }

  async addProvider(): Promise<void> {
    const { plan, forge, stage, witness } = this.#parts;
    const { organizations, patterns } = witness.selection.last;
    const { id } = await stage.ask(0, 'addProvider', {
      name: this.#name,
      type: plan.forge,
      config: forge.config,
      organizations: [...organizations],
      patterns: [...patterns],
      syncPolicy: plan.policy,
    });
    this.#gitProviderId = id;
  }

  async removeProvider(): Promise<void> {
    await this.#ask(0, 'removeProvider', { gitProviderId: this.#gitProviderId, name: this.#name });
  }

  /** Asks for a sync of all that the person is signed in to. */
  async sync(process: number, person: number): Promise<void> {
    const { witness } = this.#parts;
    const sync = await this.#ask(process, 'start', { personId: witness.visitor(person).id });
    if (sync === undefined) return;
    this.#see(sync, person);
    this.#watch(process + 1, person, sync.id);
  }

  async cancel(process: number, person: number): Promise<void> {
    const { witness } = this.#parts;
    const personId = witness.visitor(person).id;
    const syncs = (await this.#ask(process, 'listSyncs', { personId })) ?? [];
    for (const { id } of syncs.filter(({ tasks }) => tasks.some(isOpen))) {
      witness.explain({ at: this.#now(), person, mayFailAs: [], mayCancel: true });
      const sync = await this.#ask(process, 'cancel', { personId, syncId: id });
      if (sync === undefined) continue;
      this.#see(sync, person);
      if (sync.tasks.some(isOpen))
        this.#accuse('a cancelled sync has ended', `person ${person}: ${describe(sync)}`);
    }
  }

  signOut(process: number, person: number): Promise<void> {
    return this.#inTurn(person, async () => {
      const { witness } = this.#parts;
      const visitor = witness.visitor(person);
      const askedAt = this.#now();
      witness.explain({ at: askedAt, person, mayFailAs: [], mayCancel: true });
      const owner = { personId: visitor.id, gitProviderId: this.#gitProviderId };
      // Refused, nobody was signed in: perhaps because a process has died that had done it.
      await this.#ask(process, 'signOut', owner);
      visitor.account.change(undefined, askedAt, this.#now());
      visitor.accountSince = this.#now();
      await this.look(process, person);
    });
  }

  signIn(process: number, person: number, as: 'the same' | 'the other'): Promise<void> {
    return this.#inTurn(person, async () => {
      const { forge, witness } = this.#parts;
      const visitor = witness.visitor(person);
      const token = visitor.newToken(forge, as);
      const askedAt = this.#now();
      const signedIn = await this.#ask(process, 'putToken', {
        personId: visitor.id,
        gitProviderId: this.#gitProviderId,
        ...token.pasted,
      });
      if (signedIn === undefined) return;
      token.keep();
      visitor.account.change(token.accountId, askedAt, this.#now());
      visitor.accountSince = this.#now();
      this.#watch(process, person, signedIn.syncId);
      await this.look(process, person);
    });
  }

  changeScope(process: number, scope: Scope): Promise<void> {
    return this.#settings.add(async () => {
      const { forge, witness } = this.#parts;
      const selection = selectionOf(forge, scope);
      const askedAt = this.#now();
      const changed = await this.#ask(process, 'changeProvider', {
        gitProviderId: this.#gitProviderId,
        organizations: [...selection.organizations],
        patterns: [...selection.patterns],
      });
      if (changed === undefined) return;
      witness.selection.change(selection, askedAt, this.#now());
      for (const { index } of witness.people) await this.look(process, index);
    });
  }

  changePolicy(process: number, syncPolicy: SyncPolicy): Promise<void> {
    return this.#settings.add(async () => {
      const { witness } = this.#parts;
      const askedAt = this.#now();
      const change = { gitProviderId: this.#gitProviderId, syncPolicy };
      const changed = await this.#ask(process, 'changeProvider', change);
      if (changed !== undefined) witness.policy.change(syncPolicy, askedAt, this.#now());
    });
  }

  cleanUp(process: number): Promise<void> {
    return this.#settings.add(async () => {
      await this.#ask(process, 'cleanUp', { gitProviderId: this.#gitProviderId });
    });
  }

  /** What the person is shown while things go on. */
  async look(process: number, person: number): Promise<void> {
    const look = await this.#look(process, person, false);
    if (look !== undefined) this.#parts.witness.keep(look);
  }

  /** What the person is shown when nothing goes on any more: what is still being narrowed is waited for. */
  async lookAtRest(process: number, person: number): Promise<Look | undefined> {
    const { witness } = this.#parts;
    const until = Date.now() + sweptWithinMs;
    for (;;) {
      const look = await this.#look(process, person, true);
      if (look === undefined) return undefined;
      const isHidden = look.repositories.length === 0 && look.completedAt !== undefined;
      if (!isHidden || Date.now() > until || witness.selection.during(0, this.#now()).length < 2) {
        witness.keep(look);
        return look;
      }
      await delay(betweenLooksMs);
    }
  }

  async #look(process: number, person: number, isAtRest: boolean): Promise<Look | undefined> {
    const { witness, diary } = this.#parts;
    const from = this.#now();
    const owner = { personId: witness.visitor(person).id, gitProviderId: this.#gitProviderId };
    const seen = await this.#ask(process, 'look', owner);
    if (seen === undefined) return undefined;
    const look = { ...seen, person, from, until: this.#now(), isAtRest };
    const { repositories, completedAt = 'never', accountId = 'nobody' } = seen;
    diary.note(
      `look: person ${person}, ${repositories.length} rows of ${accountId}, completed ${completedAt}`,
    );
    return look;
  }

  async kill(process: number): Promise<void> {
    this.#parts.diary.note(`process ${process} is killed`);
    await this.#parts.stage.kill(process);
  }

  async pause(process: number): Promise<void> {
    this.#parts.diary.note(`process ${process} stands still`);
    await this.#parts.stage.pause(process);
    this.#parts.diary.note(`process ${process} goes on`);
  }

  async restart(process: number): Promise<void> {
    this.#parts.diary.note(`process ${process} is started anew`);
    await this.#parts.stage.restart(process);
  }

  /** Resolves when the person has no open task. */
  async waitForSyncs(person: number): Promise<void> {
    const { stage, witness } = this.#parts;
    const personId = witness.visitor(person).id;
    for (;;) {
      const syncs = await stage.ask(0, 'listSyncs', { personId });
      for (const sync of syncs) this.#see(sync, person);
      const open = syncs.filter(({ tasks }) => tasks.some(isOpen));
      if (open.length > 1) this.#accuse('a person has one open sync', open.map(describe).join('; '));
      if (open.length === 0) return;
      for (const { id } of open) {
        const watch = witness.observer.newWatch(id, person);
        await stage.ask(person, 'watch', { watch, personId, syncId: id });
      }
    }
  }

  /** What is not at rest, in words. */
  async describeOpen(): Promise<string> {
    const { stage, witness } = this.#parts;
    const syncs = await Promise.all(
      witness.people.map(({ id }) => stage.ask(0, 'listSyncs', { personId: id })),
    );
    return syncs
      .flat()
      .filter(({ tasks }) => tasks.some(isOpen))
      .map(describe)
      .join('; ');
  }

  /** What is left in the store of what nobody refers to, once housekeeping has had its time. */
  async findTraces(): Promise<readonly Violation[]> {
    const { stage, clock } = this.#parts;
    const gitProviderId = this.#gitProviderId;
    const until = Date.now() + sweptWithinMs;
    for (;;) {
      const traces = await stage.ask(0, 'traces', { gitProviderId });
      const left = Object.entries(traces).filter(([, count]) => count > 0);
      if (left.length === 0) return [];
      if (Date.now() > until) {
        const words = left.map(([name, count]) => `${name} ${count}`).join(', ');
        return [{ law: 'nothing is left behind', story: `at ${clock.now().getTime()}: ${words}` }];
      }
      await delay(betweenLooksMs);
    }
  }

  /** Nothing, where the hub refuses it for a reason that it may have. */
  async #ask<Name extends OperationName>(
    process: number,
    name: Name,
    input: OperationInput<Name>,
  ): Promise<OperationOutput<Name> | undefined> {
    const { stage, diary } = this.#parts;
    diary.note(`${name} at process ${process}: asked`);
    try {
      const output = await stage.ask(process, name, input);
      diary.note(`${name} at process ${process}: done`);
      return output;
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error;
      diary.note(`${name} at process ${process}: ${error.kind}: ${error.message}`);
      if (ownFaults.includes(error.kind))
        this.#accuse('the hub does what it is asked', `${name}: ${error.kind}: ${error.message}`);
      return undefined;
    }
  }

  #watch(process: number, person: number, syncId: string): void {
    const { stage, witness, diary } = this.#parts;
    const watch = witness.observer.newWatch(syncId, person);
    const personId = witness.visitor(person).id;
    stage.ask(process, 'watch', { watch, personId, syncId }).catch((error: unknown) => {
      // Rest is waited for in another way; this one only sees more.
      diary.note(`watch: ${String(error)}`);
    });
  }

  #see(sync: SyncView, person: number): void {
    const { witness } = this.#parts;
    witness.observer.own(sync.id, person);
    witness.observer.see('asked', sync, this.#now());
  }

  #inTurn(person: number, work: () => Promise<void>): Promise<void> {
    return this.#signIns[person]?.add(work) ?? work();
  }

  #accuse(law: string, story: string): void {
    this.#faults.push({ law, story: `at ${this.#now()}: ${story}` });
  }

  #now(): number {
    return this.#parts.clock.now().getTime();
  }
}

function describe({ id, tasks }: SyncView): string {
  return `sync ${id}: ${tasks.map(({ state, pages, error }) => `${state} after ${pages} pages${error === undefined ? '' : ` (${error.kind})`}`).join(', ')}`;
}
