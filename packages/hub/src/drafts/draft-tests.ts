import { toJson } from '../store/json.js';
import type { Resources } from '../resources.js';
import type { SignInRow } from '../store/rows/sign-ins.js';
import { toStoredIdentity } from '../sign-ins/stored-identity.js';
import type { DraftStore } from './draft-store.js';
import type { DraftOpener, OpenDraft } from './open-draft.js';
import { RunningTests } from './running-tests.js';
import { runTest } from './test-run.js';
import type { TestLine } from './test-steps.js';
import type { TestSignIn } from './test-trials.js';

/** Runs the tests of drafts. */
export class DraftTests {
  readonly #resources: Resources;
  readonly #drafts: DraftStore;
  readonly #opener: DraftOpener;
  readonly #running = new RunningTests();

  constructor(resources: Resources, drafts: DraftStore, opener: DraftOpener) {
    this.#resources = resources;
    this.#drafts = drafts;
    this.#opener = opener;
  }

  async *run(personId: string, id: string, signal: AbortSignal | undefined): AsyncGenerator<TestLine> {
    const { clock, logger } = this.#resources;
    const draft = this.#opener.open(await this.#drafts.find(personId, id));
    const signIn = await this.#signInOf(draft);
    const running = this.#running.begin(personId);
    try {
      yield* runTest(
        {
          ...draft.settings,
          forge: draft.plugin.displayName,
          provider: draft.provider,
          tokenHelp: draft.tokenHelp,
          oauthHelp: draft.oauthHelp,
          redirectUrl: draft.redirectUrl,
          signIn,
          learn: (identity) =>
            this.#drafts.learn(draft.row, identity === undefined ? null : toJson(toStoredIdentity(identity))),
        },
        draft.row.revision,
        { clock, logger, signal: either(this.#running.signal, signal) },
      );
    } finally {
      running.end();
    }
  }

  /** Ends all that run, each with the HubError `closed`; none begins any more. */
  stop(): void {
    this.#running.stop();
  }

  async #signInOf({ row, signIn }: OpenDraft): Promise<TestSignIn> {
    if (signIn !== undefined) return { state: 'made', credential: signIn.credential };
    const last = await this.#drafts.lastSignIn(row);
    if (last?.state === 'awaiting_confirmation') return { state: 'unconfirmed' };
    if (last?.state === 'failed') return { state: 'none', refusal: refusalOf(last) };
    return { state: row.credential === null ? 'none' : 'outdated' };
  }
}

function refusalOf(row: SignInRow) {
  return {
    code: row.error_kind ?? undefined,
    detail: row.error_message ?? undefined,
    repair:
      row.error_repair_text === null
        ? undefined
        : { text: row.error_repair_text, url: row.error_repair_url ?? undefined },
  };
}

function either(stopping: AbortSignal, signal: AbortSignal | undefined): AbortSignal {
  return signal === undefined ? stopping : AbortSignal.any([stopping, signal]);
}
