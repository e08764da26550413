import type { OAuthCredential } from '@anyforge/core';
import type {
  ClaimAnswer,
  CredentialClaim,
  CredentialStore,
  RefreshOutcome,
  StoredCredential,
} from '@anyforge/provider-kit/credentials';
import type { UpdateQueryBuilder, UpdateResult } from 'kysely';
import type { Resources } from '../resources.js';
import { toDate } from '../store/json.js';
import type { ConnectionRow, Schema } from '../store/schema.js';
import type { Queries } from '../store/store.js';
import { nothingVisible } from '../syncs/nothing-visible.js';
import type { ConnectionEpoch } from './stored-connection.js';
import { findSignIn, findStoredConnection } from './stored-connection.js';
import { credentialColumns } from './stored-credential.js';

const claimableColumns = [
  'credential_version',
  'credential_refused',
  'claim_id',
  'claim_until',
  'unanswered_since',
  'ends_at',
] as const;
type ClaimableRow = Pick<ConnectionRow, (typeof claimableColumns)[number]>;

type Update = UpdateQueryBuilder<Schema, 'connections', 'connections', UpdateResult>;

const refusedWords =
  'This sign-in was ended by the git provider: it was revoked there, or not used for too long.';
const lostWords =
  'The server was interrupted while it renewed this sign-in, and what the git provider answered is lost.';

/**
 * The OAuth credential of one connection, in its row. All processes on the database share it: claims are timed by the
 * database's clock, and what comes of one is stored on condition that the sign-in and the version are the same.
 */
export class ConnectionCredentialStore implements CredentialStore {
  readonly #resources: Resources;
  readonly #connection: ConnectionEpoch;
  readonly #dropped: (credential: OAuthCredential) => void;

  /** @param dropped is given what cannot be stored because the sign-in has ended, so that nobody can use it any more */
  constructor(
    resources: Resources,
    connection: ConnectionEpoch,
    dropped: (credential: OAuthCredential) => void = () => undefined,
  ) {
    this.#resources = resources;
    this.#connection = connection;
    this.#dropped = dropped;
  }

  /** @throws ProviderError `grant_expired` as `findStoredConnection` does. */
  async read(): Promise<StoredCredential | undefined> {
    const stored = await findStoredConnection(this.#resources, this.#connection);
    if (stored?.credential.kind !== 'oauth') return undefined;
    return {
      credential: stored.credential,
      version: String(stored.credential_version),
      since: toDate(stored.credential_since),
      refused: stored.credential_refused === 1,
    };
  }

  async claim(version: string, termMs: number): Promise<ClaimAnswer> {
    const { store, newId } = this.#resources;
    // Before the row is locked: who waits for it sees others' claims as longer than they are, and its own as shorter.
    const now = await store.now();
    const claimId = newId();
    // In a transaction, so that a process that dies while it waits for the row takes nothing with it.
    return store.database.transaction().execute(async (transaction) => {
      const row = await this.#find(transaction);
      if (row === undefined || String(row.credential_version) !== version || row.credential_refused === 1) {
        return { status: 'ended' };
      }
      const leftMs = (row.claim_until ?? 0) - now;
      if (leftMs > 0)
        return row.claim_id === null ? { status: 'paused', pauseMs: leftMs } : { status: 'held' };
      await this.#where(transaction.updateTable('connections'), row.credential_version)
        .set({ claim_id: claimId, claim_until: now + termMs, unanswered_since: row.unanswered_since ?? now })
        .execute();
      return this.#claimed(claimId, row, now);
    });
  }

  #claimed(claimId: string, row: ClaimableRow, claimedAt: number): CredentialClaim {
    const { credential_version: version, unanswered_since: unansweredSince } = row;
    const isUnanswered = unansweredSince !== null;
    return {
      status: 'claimed',
      unansweredMs: isUnanswered ? Math.max(0, claimedAt - unansweredSince) : undefined,
      save: (credential) => this.#save(row, credential),
      // Where an earlier claim has no answer, the forge is not asked again, so that it has not refused either.
      refuse: () => (isUnanswered ? this.#giveUp(version) : this.#refuse(version)),
      release: async (pauseMs: number, outcome: RefreshOutcome) => {
        const now = await this.#resources.store.now();
        await this.#where(this.#resources.store.database.updateTable('connections'), version)
          .where('claim_id', '=', claimId)
          .set({
            claim_id: null,
            claim_until: now + pauseMs,
            ...(outcome === 'not-processed' && { unanswered_since: unansweredSince }),
          })
          .execute();
      },
    };
  }

  /** One statement: once it is on its way, it takes effect though its process dies. */
  async #save(
    { credential_version: version, ends_at: formerEndsAt }: ClaimableRow,
    credential: OAuthCredential,
  ): Promise<boolean> {
    const { store, vault } = this.#resources;
    const times = { now: await store.now(), formerEndsAt };
    const columns = credentialColumns(vault, this.#connection.connectionId, credential, times);
    const isStored = await hasChanged(
      this.#where(store.database.updateTable('connections'), version).set((expression) => ({
        ...columns,
        // What the identity told at the sign-in was of the credential before.
        expires_at: credential.expiresAt?.getTime() ?? null,
        credential_version: version + 1,
        // A refusal ends with the version that it was for; any other reason stays.
        attention_reason: expression
          .case()
          .when('credential_refused', '=', 1)
          .then(null)
          .else(expression.ref('attention_reason'))
          .end(),
        attention_at: expression
          .case()
          .when('credential_refused', '=', 1)
          .then(null)
          .else(expression.ref('attention_at'))
          .end(),
      })),
    );
    if (!isStored && (await findSignIn(this.#resources, this.#connection)) === undefined) {
      this.#dropped(credential);
    }
    return isStored;
  }

  /** The forge's own word. */
  #refuse(version: number): Promise<boolean> {
    return this.#markRefused(version, {
      ...nothingVisible,
      unanswered_since: null,
      attention_reason: refusedWords,
    });
  }

  /** The forge may have put another pair in place of this one. It has revoked nothing, so that the list stays. */
  #giveUp(version: number): Promise<boolean> {
    return this.#markRefused(version, { attention_reason: lostWords });
  }

  async #markRefused(version: number, change: Partial<ConnectionRow>): Promise<boolean> {
    const { store, clock } = this.#resources;
    return hasChanged(
      this.#where(store.database.updateTable('connections'), version).set({
        ...change,
        credential_refused: 1,
        claim_id: null,
        claim_until: null,
        attention_at: clock.now().getTime(),
      }),
    );
  }

  #where(update: Update, version: number): Update {
    const { connectionId, epoch } = this.#connection;
    return update
      .where('id', '=', connectionId)
      .where('epoch', '=', epoch)
      .where('credential_version', '=', version);
  }

  #find(transaction: Queries): Promise<ClaimableRow | undefined> {
    const { connectionId, epoch } = this.#connection;
    return transaction
      .selectFrom('connections')
      .select(claimableColumns)
      .where('id', '=', connectionId)
      .where('epoch', '=', epoch)
      .forUpdate()
      .executeTakeFirst();
  }
}

async function hasChanged(update: Update): Promise<boolean> {
  const { numUpdatedRows } = await update.executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}
