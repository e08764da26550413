import type { Caller } from '../people/caller.js';
import { hashOf } from '../people/secret-token.js';
import type { Resources } from '../resources.js';
import type { SignInRow } from '../store/rows/sign-ins.js';
import { callbackUrl } from './callback-url.js';
import type { CallbackRefusal } from './sign-in-failures.js';
import { oauthUnavailable, signInError, whyOver } from './sign-in-failures.js';
import type { SignInKeeper } from './sign-in-keeper.js';
import type { SignInRows } from './sign-in-rows.js';
import type { SignInSweeper } from './sign-in-sweeper.js';

/** What a forge sent somebody back with. */
export interface Callback {
  /** Whose callback address it is. */
  readonly gitProviderId: string;
  /** The query as it came, with its question mark. */
  readonly search: string;
}

/** What a callback came to: a sign-in that has ended or goes on, or nothing at all. */
export type CallbackOutcome =
  | {
      readonly kind: 'read';
      readonly signInId: string;
      /** Where the browser goes on without another page: an address of this server that names the sign-in. */
      readonly onward?: string | undefined;
    }
  | { readonly kind: 'refused'; readonly reason: CallbackRefusal };

export interface SignInCallbackParts {
  readonly resources: Resources;
  readonly publicUrl: string;
  readonly rows: SignInRows;
  readonly keeper: SignInKeeper;
  readonly sweeper: SignInSweeper;
}

/** Reads what forges send browsers back with. */
export class SignInCallback {
  readonly #parts: SignInCallbackParts;

  constructor(parts: SignInCallbackParts) {
    this.#parts = parts;
  }

  /** Never gives up half-way because the browser has gone: a code can be exchanged only once. */
  async read(caller: Caller | undefined, callback: Callback): Promise<CallbackOutcome> {
    const { resources, rows, keeper, sweeper } = this.#parts;
    const [state, another] = new URLSearchParams(callback.search).getAll('state');
    if (state === undefined || another !== undefined) return refused('sign_in_unknown');
    const row = await rows.findByState(hashOf(state));
    if (row === undefined) return refused('sign_in_unknown');
    if (caller === undefined || !isFrom(row, caller) || row.git_provider_id !== callback.gitProviderId) {
      // Its state, and maybe its code, have been in hands that they were not for.
      await keeper.fail(row, 'pending', signInError('sign_in_foreign'));
      return refused('sign_in_foreign');
    }
    if (row.state !== 'pending') return refused(whyOver(row));
    const now = await resources.store.now();
    if (await rows.take(row, 'pending', { now })) await this.#finish(row, caller, state, callback);
    else if (row.expires_at <= now) await sweeper.end(row);
    else return refused('sign_in_used');
    return { kind: 'read', signInId: row.id, onward: await this.#onward(row) };
  }

  async #onward({ id, person_id: personId, display }: SignInRow): Promise<string | undefined> {
    if (display !== 'page') return undefined;
    const ended = await this.#parts.rows.find(personId, id);
    if (ended?.state !== 'succeeded') return undefined;
    const url = new URL(`${this.#parts.publicUrl}${ended.return_to}`);
    url.searchParams.set('signIn', id);
    return url.href;
  }

  async #finish(row: SignInRow, caller: Caller, state: string, callback: Callback): Promise<void> {
    const { rows, keeper, publicUrl } = this.#parts;
    const came = `${callbackUrl(publicUrl, callback.gitProviderId)}${callback.search}`;
    let subject;
    let credential;
    try {
      subject = await keeper.open(row);
      const { oauth } = subject.provider;
      if (oauth === undefined) throw oauthUnavailable(subject.name);
      credential = await oauth.finish({
        callbackUrl: came,
        redirectUri: row.redirect_uri ?? '',
        state,
        transaction: rows.transaction(row),
      });
    } catch (error) {
      await keeper.fail(row, 'finishing', error);
      return;
    }
    // Started by a program, it may have been somebody else's who has got hold of the program's token.
    const keptFor = row.session_id === null ? undefined : caller;
    await keeper.settle(row, subject, credential, keptFor);
  }
}

/** Whether a browser is the one that a sign-in was started in. A program has none: then it is any of the same person. */
function isFrom(row: SignInRow, { personId, via }: Caller): boolean {
  if (via.kind !== 'session' || personId !== row.person_id) return false;
  return row.session_id === null || row.session_id === via.sessionId;
}

function refused(reason: CallbackRefusal): CallbackOutcome {
  return { kind: 'refused', reason };
}
