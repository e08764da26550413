import { HubError } from '../errors.js';
import type { Caller } from '../people/caller.js';
import { holdCaller } from '../people/hold-caller.js';
import type { Resources } from '../resources.js';
import { endedSignIn, openSignInStates } from '../sign-ins/sign-in-states.js';
import type { GitProviderDraftRow, SignInRow } from '../store/rows/sign-ins.js';
import type { Queries } from '../store/store.js';

/** How long a draft is kept after its last change, in milliseconds. */
export const draftLifetimeMs = 2 * 60 * 60 * 1000;

/** How many expired drafts are swept at a time. */
const sweptAtOnce = 50;

/** What a change of a draft may set. */
export type DraftChanges = Partial<
  Pick<
    GitProviderDraftRow,
    'content' | 'revision' | 'config_revision' | 'credential' | 'credential_kind' | 'bound_to' | 'identity'
  >
>;

/** A draft that is no more, and the sign-ins for it that were ended, as they were before. */
export interface EndedDraft {
  readonly row: GitProviderDraftRow;
  readonly signIns: readonly SignInRow[];
}

/** The rows of drafts. Every one is its own person's only, and is gone when it has expired, swept or not. */
export class DraftStore {
  readonly #resources: Pick<Resources, 'store' | 'clock'>;

  constructor(resources: Pick<Resources, 'store' | 'clock'>) {
    this.#resources = resources;
  }

  /** @throws HubError `not_signed_in` · `not_allowed` for whoever may no more what they were let in for. */
  async insert(
    caller: Caller,
    row: Omit<GitProviderDraftRow, 'person_id' | 'created_at' | 'updated_at' | 'expires_at'>,
  ): Promise<GitProviderDraftRow> {
    const { store } = this.#resources;
    const now = await store.now();
    const times = { created_at: now, updated_at: now, expires_at: now + draftLifetimeMs };
    const whole = { ...row, person_id: caller.personId, ...times };
    await store.database.transaction().execute(async (transaction) => {
      await holdCaller(transaction, caller, 'administrate');
      await transaction.insertInto('git_provider_drafts').values(whole).execute();
    });
    return whole;
  }

  /** @throws HubError `not_found`: there is none, it is somebody else's, or it has expired. */
  async find(personId: string, id: string): Promise<GitProviderDraftRow> {
    const { store } = this.#resources;
    return this.findWithin(store.database, personId, id, await store.now());
  }

  /** @throws HubError `not_found`. */
  async findWithin(
    queries: Queries,
    personId: string,
    id: string,
    now: number,
  ): Promise<GitProviderDraftRow> {
    const row = await queries
      .selectFrom('git_provider_drafts')
      .selectAll()
      .where('id', '=', id)
      .where('person_id', '=', personId)
      .where('expires_at', '>', now)
      .$if(queries.isTransaction, (query) => query.forUpdate())
      .executeTakeFirst();
    if (row === undefined) throw noSuchDraft();
    return row;
  }

  /**
   * Changes a draft by what it is at that moment, and lets it live on from then.
   *
   * @throws HubError `not_found`; what `decide` throws.
   */
  async change(
    personId: string,
    id: string,
    decide: (row: GitProviderDraftRow, transaction: Queries) => DraftChanges | Promise<DraftChanges>,
  ): Promise<{ readonly before: GitProviderDraftRow; readonly after: GitProviderDraftRow }> {
    const { store } = this.#resources;
    const now = await store.now();
    return store.database.transaction().execute(async (transaction) => {
      const before = await this.findWithin(transaction, personId, id, now);
      const after = {
        ...before,
        ...(await decide(before, transaction)),
        updated_at: now,
        expires_at: now + draftLifetimeMs,
      };
      await transaction.updateTable('git_provider_drafts').set(after).where('id', '=', id).execute();
      return { before, after };
    });
  }

  /** Notes whose the sign-in of a draft is, unless there is another one by now. */
  async learn(row: GitProviderDraftRow, identity: GitProviderDraftRow['identity']): Promise<void> {
    await this.#resources.store.database
      .updateTable('git_provider_drafts')
      .set({ identity })
      .where('id', '=', row.id)
      .where('credential', '=', row.credential)
      .execute();
  }

  /**
   * Takes a draft away, and ends the sign-ins for it that are under way. Only one of many that ask for it at a time
   * gets it.
   *
   * @throws HubError `not_found`.
   */
  async take(transaction: Queries, personId: string, id: string, now: number): Promise<EndedDraft> {
    const row = await transaction
      .deleteFrom('git_provider_drafts')
      .where('id', '=', id)
      .where('person_id', '=', personId)
      .where('expires_at', '>', now)
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) throw noSuchDraft();
    return { row, signIns: await endSignIns(transaction, [id], now) };
  }

  /** The last sign-in that was begun for a draft with its config as it is. */
  async lastSignIn(row: GitProviderDraftRow): Promise<SignInRow | undefined> {
    return this.#resources.store.database
      .selectFrom('sign_ins')
      .selectAll()
      .where('draft_id', '=', row.id)
      .where('person_id', '=', row.person_id)
      .where('settings_version', '=', row.config_revision)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
  }

  /** Takes away what has expired as `take` does, some at a time; of several processes one gets each. */
  async takeExpired(): Promise<readonly EndedDraft[]> {
    const { store } = this.#resources;
    const now = await store.now();
    return store.database.transaction().execute(async (transaction) => {
      const rows = await transaction
        .deleteFrom('git_provider_drafts')
        .where('id', 'in', (query) =>
          query
            .selectFrom('git_provider_drafts')
            .select('id')
            .where('expires_at', '<=', now)
            .orderBy('expires_at')
            .limit(sweptAtOnce),
        )
        .where('expires_at', '<=', now)
        .returningAll()
        .execute();
      const drafts = rows.map(({ id }) => id);
      const signIns = await endSignIns(transaction, drafts, now);
      return rows.map((row) => ({
        row,
        signIns: signIns.filter(({ draft_id: draftId }) => draftId === row.id),
      }));
    });
  }
}

/** Ends the sign-ins for drafts that are under way. @returns them as they were */
async function endSignIns(
  transaction: Queries,
  draftIds: readonly string[],
  now: number,
): Promise<readonly SignInRow[]> {
  if (draftIds.length === 0) return [];
  const signIns = await transaction
    .selectFrom('sign_ins')
    .selectAll()
    .where('draft_id', 'in', draftIds)
    .where('state', 'in', openSignInStates)
    .orderBy('id')
    .forUpdate()
    .execute();
  if (signIns.length > 0) {
    await transaction
      .updateTable('sign_ins')
      .set({ ...endedSignIn, state: 'cancelled', finished_at: now })
      .where(
        'id',
        'in',
        signIns.map(({ id }) => id),
      )
      .execute();
  }
  return signIns;
}

function noSuchDraft(): HubError {
  return new HubError(
    'not_found',
    'There is no such draft. It was saved or abandoned, or it has expired. Start again.',
  );
}
