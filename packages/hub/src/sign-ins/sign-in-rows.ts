import type { Credential, Identity } from '@anyforge/core';
import { readCredential, writeCredential } from '../connections/stored-credential.js';
import type { Resources } from '../resources.js';
import { toJson } from '../store/json.js';
import type { SignInRow, SignInState } from '../store/rows/sign-ins.js';
import type { Queries } from '../store/store.js';
import type { VaultRecord } from '../vault/sealed-columns.js';
import { failureColumns, signInError } from './sign-in-failures.js';
import { endedSignIn, openSignInStates } from './sign-in-states.js';
import { toStoredIdentity } from './stored-identity.js';

/** How long a person has, and again for a confirmation. */
export const signInMs = 10 * 60_000;
/** Longer than the forge may take to answer: whoever is still finishing then has died. */
const finishingMs = 5 * 60_000;
/** How many of one person's sign-ins to one git provider may wait for the forge at a time. */
const pendingAtMost = 3;

/**
 * The sign-ins as they are kept. Each step is one conditional statement: of those who take the same step at once, in
 * whichever process, one succeeds.
 */
export class SignInRows {
  readonly #resources: Resources;

  constructor(resources: Resources) {
    this.#resources = resources;
  }

  find(personId: string, id: string): Promise<SignInRow | undefined> {
    return this.#select().where('id', '=', id).where('person_id', '=', personId).executeTakeFirst();
  }

  findByState(stateHash: string): Promise<SignInRow | undefined> {
    return this.#select().where('state_hash', '=', stateHash).executeTakeFirst();
  }

  /** Those that should have ended by now. */
  overdue(now: number): Promise<SignInRow[]> {
    return this.#select()
      .where('state', 'in', openSignInStates)
      .where('expires_at', '<=', now)
      .orderBy('expires_at')
      .limit(100)
      .execute();
  }

  /** Adds a sign-in; the oldest that wait beside it make room. */
  async add(row: SignInRow): Promise<void> {
    await this.#resources.store.database.transaction().execute(async (transaction) => {
      const surplus = await transaction
        .selectFrom('sign_ins')
        .select('id')
        .where('person_id', '=', row.person_id)
        .where('git_provider_id', '=', row.git_provider_id)
        .where('purpose', '=', row.purpose)
        .where('state', '=', 'pending')
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .limit(100)
        .offset(pendingAtMost - 1)
        .execute();
      if (surplus.length > 0) {
        await transaction
          .updateTable('sign_ins')
          .set({ ...endedSignIn, state: 'cancelled', finished_at: row.created_at })
          .where('state', '=', 'pending')
          .where('id', 'in', surplus.map(({ id }) => id).toSorted())
          .execute();
      }
      await transaction.insertInto('sign_ins').values(row).execute();
    });
  }

  /**
   * Makes whoever asks the only one who may finish it, for five minutes from now. What it holds stays until it ends: if
   * the process dies before, whoever ends it finds it there.
   *
   * @param times `dueAt`: when it must not have run out; now, unless told otherwise
   * @returns false: somebody else may, or it has ended
   */
  async take(
    { id }: SignInRow,
    from: 'pending' | 'awaiting_confirmation',
    { now, dueAt = now }: { readonly now: number; readonly dueAt?: number },
  ): Promise<boolean> {
    const { numUpdatedRows } = await this.#update(id, from)
      .set({ state: 'finishing', transaction_sealed: null, poll_at: null, expires_at: now + finishingMs })
      .where('expires_at', '>', dueAt)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  /** Makes whoever asks the only one who may ask the forge, until a time. */
  async takePoll({ id, poll_at: pollAt }: SignInRow, until: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#update(id, 'pending')
      .set({ poll_at: until })
      .where('poll_at', '=', pollAt)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  async pollAgain({ id }: SignInRow, pollAt: number, intervalMs: number): Promise<void> {
    await this.#update(id, 'pending').set({ poll_at: pollAt, interval_ms: intervalMs }).execute();
  }

  /**
   * Keeps what the forge gave until the person has named the account.
   *
   * @throws HubError `sign_in_cancelled` when it has ended meanwhile.
   */
  async hold({ id }: SignInRow, credential: Credential, identity: Identity, now: number): Promise<void> {
    const { numUpdatedRows } = await this.#update(id, 'finishing')
      .set({
        state: 'awaiting_confirmation',
        credential: this.#resources.vault.seal(writeCredential(credential), credentialRecord(id)),
        identity: toJson(toStoredIdentity(identity)),
        expires_at: now + signInMs,
      })
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw signInError('sign_in_cancelled');
  }

  /** What was held, of a row as it was before it ended. */
  held({ id, credential }: SignInRow): Credential | undefined {
    return credential === null
      ? undefined
      : readCredential(this.#resources.vault.open(credential, credentialRecord(id)));
  }

  /** The adapter's transaction, of a row as it was read before it was taken. */
  transaction({ id, transaction_sealed: sealed }: SignInRow): string {
    // Taken away only by whoever ends the sign-in.
    if (sealed === null) throw signInError('sign_in_used');
    return this.#resources.vault.open(sealed, transactionRecord(id));
  }

  /**
   * Says that it has succeeded, in the transaction that keeps it.
   *
   * @throws HubError `sign_in_cancelled` when it has ended meanwhile.
   */
  async succeed(transaction: Queries, id: string, identity: Identity, now: number): Promise<void> {
    const { numUpdatedRows } = await transaction
      .updateTable('sign_ins')
      .set({
        ...endedSignIn,
        state: 'succeeded',
        identity: toJson(toStoredIdentity(identity)),
        finished_at: now,
      })
      .where('id', '=', id)
      .where('state', '=', 'finishing')
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw signInError('sign_in_cancelled');
  }

  async setSync(transaction: Queries, id: string, syncId: string | null): Promise<void> {
    await transaction.updateTable('sign_ins').set({ sync_id: syncId }).where('id', '=', id).execute();
  }

  /** Says why it failed. False: it has ended otherwise, or gone on. */
  async fail({ id }: SignInRow, from: SignInState, error: unknown, now: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#update(id, from)
      .set({ ...endedSignIn, ...failureColumns(error), state: 'failed', finished_at: now })
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  /** Ends it, whatever it waits for. @returns it as it was; undefined: it had ended already. */
  cancel(personId: string, id: string, now: number): Promise<SignInRow | undefined> {
    return this.#resources.store.database.transaction().execute(async (transaction) => {
      const row = await transaction
        .selectFrom('sign_ins')
        .selectAll()
        .where('id', '=', id)
        .where('person_id', '=', personId)
        .where('state', 'in', openSignInStates)
        .forUpdate()
        .executeTakeFirst();
      if (row === undefined) return undefined;
      await transaction
        .updateTable('sign_ins')
        .set({ ...endedSignIn, state: 'cancelled', finished_at: now })
        .where('id', '=', id)
        .execute();
      return row;
    });
  }

  /** Forgets those that ended before a time. */
  async forget(before: number): Promise<void> {
    await this.#resources.store.database
      .deleteFrom('sign_ins')
      .where('expires_at', '<', before)
      .where('state', 'in', ['succeeded', 'failed', 'cancelled'])
      .execute();
  }

  #select() {
    return this.#resources.store.database.selectFrom('sign_ins').selectAll();
  }

  #update(id: string, from: SignInState) {
    return this.#resources.store.database
      .updateTable('sign_ins')
      .where('id', '=', id)
      .where('state', '=', from);
  }
}

function credentialRecord(id: string): VaultRecord {
  return { table: 'sign_ins', id, column: 'credential' };
}

/** Where the adapter's transaction is sealed. */
export function transactionRecord(id: string): VaultRecord {
  return { table: 'sign_ins', id, column: 'transaction_sealed' };
}
