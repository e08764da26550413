import { HubError } from '../errors.js';
import type { Caller } from '../people/caller.js';
import { authorize } from '../people/caller.js';
import type { Resources } from '../resources.js';
import type { SignInDisplay, SignInMethod, SignInRow } from '../store/rows/sign-ins.js';
import { beginDevice, beginRedirect } from './begin-sign-in.js';
import { callbackUrl } from './callback-url.js';
import type { DevicePoller } from './device-poller.js';
import { checkReturnPath } from './return-path.js';
import type { Callback, CallbackOutcome, SignInCallback } from './sign-in-callback.js';
import { signInError, whyOver } from './sign-in-failures.js';
import type { SignInKeeper, SignInTargets } from './sign-in-keeper.js';
import type { SignInRows } from './sign-in-rows.js';
import { isOpen } from './sign-in-states.js';
import type { SignInSweeper } from './sign-in-sweeper.js';
import type { SignIn, StartedSignIn } from './sign-in-view.js';
import { toSignIn } from './sign-in-view.js';

export interface NewSignIn {
  readonly gitProviderId: string;
  /** The draft whose test it is; absent: it becomes the person's connection. */
  readonly draftId?: string | undefined;
  /** `redirect` unless told otherwise. */
  readonly method?: SignInMethod | undefined;
  /**
   * `popup` unless told otherwise. A `page` that has succeeded is sent on to `returnTo` by itself: no other page is open
   * that could hear of it.
   */
  readonly display?: SignInDisplay | undefined;
  /** Where the person goes on: a path below the public address. `/` unless told otherwise. */
  readonly returnTo?: string | undefined;
  /** Asks the forge to let the person choose the account, where it can. */
  readonly selectAccount?: boolean | undefined;
}

/** People's sign-ins at forges, through the browser or with a code. */
export interface SignInService {
  /**
   * Starts one. It has ten minutes, and its oldest fellows end when there are too many.
   *
   * @throws HubError `not_found` · `oauth_unavailable` · `invalid_input` · `unknown_provider_type`.
   * @throws ProviderError why the forge gave no code for a device.
   */
  start(
    caller: Caller,
    input: NewSignIn,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<StartedSignIn>;
  /**
   * How it stands. For a device's code, asking is what asks the forge, as often as the forge allows.
   *
   * @throws HubError `not_found`, also for another person's.
   */
  get(personId: string, id: string): Promise<SignIn>;
  /**
   * Ends it. What the forge has given already is ended there, where it can. One that has ended stays as it is.
   *
   * @throws HubError `not_found`, also for another person's.
   */
  cancel(personId: string, id: string): Promise<SignIn>;
  /**
   * Keeps what was held for a confirmation, if it is of the account that is named. Another name ends the sign-in.
   *
   * @throws HubError `not_found` · `not_allowed` for an API token · `account_mismatch` · `settings_changed` ·
   * `sign_in_used` · `sign_in_expired` · `sign_in_cancelled`.
   */
  confirm(caller: Caller, id: string, accountId: string): Promise<SignIn>;
  /**
   * Takes what a forge sent a browser back with: once, at the address of the git provider it is for, and only from the
   * browser session that started the sign-in; from any session of the same person where an API token did. What becomes
   * of it is told by `get`.
   *
   * @param caller who the browser is signed in as
   */
  finish(caller: Caller | undefined, callback: Callback): Promise<CallbackOutcome>;
}

export interface SignInsParts {
  readonly resources: Resources;
  /** The server's address for browsers: origin with an optional path, without a slash at its end. */
  readonly publicUrl: string;
  readonly targets: SignInTargets;
  readonly rows: SignInRows;
  readonly keeper: SignInKeeper;
  readonly poller: DevicePoller;
  readonly sweeper: SignInSweeper;
  readonly callback: SignInCallback;
}

export class SignIns implements SignInService {
  readonly #parts: SignInsParts;

  constructor(parts: SignInsParts) {
    this.#parts = parts;
  }

  async start(
    caller: Caller,
    input: NewSignIn,
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<StartedSignIn> {
    const { resources, publicUrl, targets, rows } = this.#parts;
    const { gitProviderId, draftId = null, method = 'redirect', selectAccount = false } = input;
    const { display = 'popup' } = input;
    const purpose = draftId === null ? 'connection' : 'draft';
    const returnTo = checkReturnPath(publicUrl, input.returnTo ?? '/');
    const subject = await targets[purpose].open({ personId: caller.personId, gitProviderId, draftId });
    const beginning = { id: resources.newId(), now: await resources.store.now(), subject };
    const { authorizationUrl, columns } = await (method === 'redirect'
      ? beginRedirect(resources, beginning, callbackUrl(publicUrl, gitProviderId), selectAccount)
      : beginDevice(resources, beginning, options));
    const row: SignInRow = {
      ...columns,
      ...nothingYet,
      id: beginning.id,
      person_id: caller.personId,
      session_id: caller.via.kind === 'session' ? caller.via.sessionId : null,
      git_provider_id: gitProviderId,
      purpose,
      draft_id: draftId,
      method,
      display,
      settings_version: subject.settingsVersion,
      return_to: returnTo,
      created_at: beginning.now,
    };
    await rows.add(row);
    return { ...toSignIn(row, publicUrl), authorizationUrl };
  }

  async get(personId: string, id: string): Promise<SignIn> {
    const { resources, sweeper, poller } = this.#parts;
    const row = await this.#find(personId, id);
    const now = await resources.store.now();
    if (isOpen(row) && row.expires_at <= now) await sweeper.end(row);
    else await poller.poll(row, now);
    return this.#view(personId, id);
  }

  async cancel(personId: string, id: string): Promise<SignIn> {
    const { resources, rows, keeper } = this.#parts;
    const ended = await rows.cancel(personId, id, await resources.store.now());
    if (ended !== undefined) await keeper.endHeld(ended);
    return this.#view(personId, id);
  }

  async confirm(caller: Caller, id: string, accountId: string): Promise<SignIn> {
    authorize(caller, 'session');
    const { resources, rows, keeper, sweeper } = this.#parts;
    const row = await this.#find(caller.personId, id);
    if (row.state !== 'awaiting_confirmation') throw signInError(whyOver(row));
    const now = await resources.store.now();
    if (!(await rows.take(row, 'awaiting_confirmation', { now }))) {
      if (row.expires_at > now) throw signInError('sign_in_used');
      await sweeper.end(row);
      throw signInError('sign_in_expired');
    }
    await keeper.confirm(row, caller, accountId);
    return this.#view(caller.personId, id);
  }

  finish(caller: Caller | undefined, callback: Callback): Promise<CallbackOutcome> {
    return this.#parts.callback.read(caller, callback);
  }

  async #find(personId: string, id: string): Promise<SignInRow> {
    const row = await this.#parts.rows.find(personId, id);
    if (row === undefined) throw new HubError('not_found', 'There is no such sign-in of yours.');
    return row;
  }

  async #view(personId: string, id: string): Promise<SignIn> {
    return toSignIn(await this.#find(personId, id), this.#parts.publicUrl);
  }
}

const nothingYet = {
  state: 'pending',
  credential: null,
  identity: null,
  error_kind: null,
  error_message: null,
  error_repair_text: null,
  error_repair_url: null,
  sync_id: null,
  finished_at: null,
} as const satisfies Partial<SignInRow>;
