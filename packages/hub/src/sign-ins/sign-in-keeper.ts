import type { Credential, GitProvider, Identity } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { UpstreamRevocations } from '../connections/upstream-revocations.js';
import { describeFault } from '../describe-fault.js';
import { HubError } from '../errors.js';
import type { Caller } from '../people/caller.js';
import type { Resources } from '../resources.js';
import { fromNullableJson } from '../store/json.js';
import type { SignInPurpose, SignInRow, SignInState } from '../store/rows/sign-ins.js';
import { settingsChanged, signInError } from './sign-in-failures.js';
import type { SignInRows } from './sign-in-rows.js';
import type { SignInReference, SignInSubject, SignInTarget } from './sign-in-target.js';
import { toIdentity } from './stored-identity.js';

export type SignInTargets = Readonly<Record<SignInPurpose, SignInTarget>>;

export interface SignInKeeperParts {
  readonly resources: Resources;
  readonly rows: SignInRows;
  readonly targets: SignInTargets;
  readonly revocations: UpstreamRevocations;
}

/** A person waits for the answer. */
const maxWaitMs = 10_000;

/**
 * What becomes of what a forge gave: it is kept, held for a confirmation, or ended at the forge. Whoever calls has taken
 * the sign-in.
 */
export class SignInKeeper {
  readonly #parts: SignInKeeperParts;

  constructor(parts: SignInKeeperParts) {
    this.#parts = parts;
  }

  /**
   * The forge, with the settings that the sign-in was started with.
   *
   * @throws HubError `settings_changed` · `not_found` · `unknown_provider_type`.
   */
  async open(row: SignInRow): Promise<SignInSubject> {
    const subject = await this.#parts.targets[row.purpose].open(referenceOf(row));
    if (subject.settingsVersion !== row.settings_version) throw settingsChanged(subject.name);
    return subject;
  }

  /** Asks whose the credential is, and makes it the caller's. Without a caller it is held for a confirmation. */
  async settle(
    row: SignInRow,
    { provider }: SignInSubject,
    credential: Credential,
    caller: Caller | undefined,
  ): Promise<void> {
    const { rows, resources } = this.#parts;
    try {
      const identity = await provider.signIn(credential).identity({ maxWaitMs });
      if (caller === undefined) await rows.hold(row, credential, identity, await resources.store.now());
      else await this.#keep(row, caller, credential, identity);
    } catch (error) {
      await this.#giveUp(row, error, { provider, credential });
    }
  }

  /**
   * Keeps what was held, if its account is the one that the person names.
   *
   * @throws HubError `account_mismatch` · `settings_changed` · `not_found` · `sign_in_cancelled`: it has failed, and what
   * was held is ended.
   */
  async confirm(row: SignInRow, caller: Caller, accountId: string): Promise<void> {
    const credential = this.#parts.rows.held(row);
    const stored = fromNullableJson(row.identity);
    let given: Given | undefined;
    try {
      if (credential === undefined || stored === undefined) throw signInError('sign_in_used');
      const { provider } = await this.open(row);
      given = { provider, credential };
      const identity = toIdentity(stored);
      if (identity.account.id !== accountId) throw signInError('account_mismatch');
      await this.#keep(row, caller, credential, identity);
    } catch (error) {
      if (await this.#giveUp(row, error, given)) throw error;
    }
  }

  /** Says why it failed, and logs what nobody foresaw. False: it has ended otherwise. */
  async fail(row: SignInRow, from: SignInState, error: unknown): Promise<boolean> {
    const { rows, resources } = this.#parts;
    if (!(error instanceof HubError) && !ProviderError.is(error)) {
      resources.logger.warn(
        { signInId: row.id, error: describeFault(error) },
        'A sign-in failed for a reason of our own.',
      );
    }
    return rows.fail(row, from, error, await resources.store.now());
  }

  /**
   * Ends at the forge what was held, of a row as it was before it ended. It goes nowhere when the settings are not those
   * any more that it was given for. Never throws: the sign-in has ended already.
   */
  async endHeld(row: SignInRow): Promise<void> {
    const { rows, resources, revocations } = this.#parts;
    try {
      const credential = rows.held(row);
      if (credential === undefined) return;
      const { provider } = await this.open(row);
      revocations.revoke(provider, credential);
    } catch (error) {
      resources.logger.warn(
        { signInId: row.id, error: describeFault(error) },
        'What a sign-in held is forgotten here, and could not be ended at the forge.',
      );
    }
  }

  async #keep(row: SignInRow, caller: Caller, credential: Credential, identity: Identity): Promise<void> {
    const { rows, targets, resources } = this.#parts;
    const now = await resources.store.now();
    const finished = { caller, credential, identity, settingsVersion: row.settings_version };
    await targets[row.purpose].keep(referenceOf(row), finished, {
      claim: (transaction) => rows.succeed(transaction, row.id, identity, now),
      complete: (transaction, { syncId }) => rows.setSync(transaction, row.id, syncId),
    });
  }

  /**
   * @param row as it was before it was taken
   * @returns false: it was kept after all, and only what followed has failed
   */
  async #giveUp(row: SignInRow, error: unknown, given: Given | undefined): Promise<boolean> {
    if (!(await this.fail(row, 'finishing', error))) {
      const now = await this.#parts.rows.find(row.person_id, row.id);
      if (now?.state === 'succeeded' || now?.state === 'awaiting_confirmation') return false;
      // Whoever has ended it has ended what it held, but for a git provider that is gone with it.
      if (now !== undefined && row.credential !== null) return true;
    }
    if (given !== undefined) this.#parts.revocations.revoke(given.provider, given.credential);
    return true;
  }
}

/** A credential, and the forge that gave it. */
interface Given {
  readonly provider: GitProvider;
  readonly credential: Credential;
}

function referenceOf(row: SignInRow): SignInReference {
  return { personId: row.person_id, gitProviderId: row.git_provider_id, draftId: row.draft_id };
}
