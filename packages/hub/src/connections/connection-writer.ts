import type { Credential, Identity } from '@anyforge/core';
import { removeAnswers } from '../answers/stored-answers.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import { HubError } from '../errors.js';
import { bindingOf } from '../git-providers/binding.js';
import type { Caller } from '../people/caller.js';
import { holdCaller } from '../people/hold-caller.js';
import type { Resources } from '../resources.js';
import { fromJson, toNullableJson } from '../store/json.js';
import type { ConnectionRow, GitProviderRow } from '../store/schema.js';
import { settingsChanged } from '../sign-ins/sign-in-failures.js';
import type { SignInEnding } from '../sign-ins/sign-in-target.js';
import type { Queries } from '../store/store.js';
import type { SyncPlan } from '../syncs/sync-planner.js';
import { nothingVisible } from '../syncs/nothing-visible.js';
import type { Syncs } from '../syncs/syncs.js';
import type { ConnectionView } from './connection-view.js';
import { toConnectionView } from './connection-view.js';
import { credentialColumns } from './stored-credential.js';

/** A credential that the forge has taken, whose it is, and the git provider as it was when the forge was asked. */
export interface VerifiedSignIn {
  readonly caller: Caller;
  /** As they were when the forge was asked. */
  readonly provider: Pick<GitProviderRow, 'id' | 'name' | 'version'>;
  readonly credential: Credential;
  readonly identity: Identity;
}

/** A verified sign-in and the sync that it started. */
export interface SignedIn {
  readonly connection: ConnectionView;
  readonly syncId: string;
}

/** A verified sign-in that is stored, and what is to happen once that is committed. */
export interface KeptSignIn {
  readonly connection: ConnectionView;
  readonly plan: SyncPlan & { readonly syncId: string };
}

export interface EstablishOptions {
  /** Aborted before it is stored, nothing is. */
  readonly signal?: AbortSignal | undefined;
  /** What has to happen with it or not at all: before anything is stored, and when all is. */
  readonly ending?: SignInEnding | undefined;
}

/** Makes verified sign-ins people's connections. */
export class ConnectionWriter {
  readonly #resources: Resources;
  readonly #syncs: Syncs;
  readonly #audit: AuditTrail;

  constructor(resources: Resources, syncs: Syncs, audit: AuditTrail) {
    this.#resources = resources;
    this.#syncs = syncs;
    this.#audit = audit;
  }

  /**
   * Keeps a verified sign-in in place of the one before, and starts its sync. It is bound to the addresses and the
   * client that it was verified with.
   *
   * @throws HubError `not_found` · `settings_changed` when the git provider is not what it was when the forge was asked.
   */
  async establish(signIn: VerifiedSignIn, options: EstablishOptions = {}): Promise<SignedIn> {
    const { store } = this.#resources;
    const since = await store.now();
    const kept = await store.database.transaction().execute(async (transaction) => {
      const inside = await this.establishWithin(transaction, signIn, { since, ending: options.ending });
      options.signal?.throwIfAborted();
      return inside;
    });
    return this.carryOut(kept);
  }

  /**
   * The same in a transaction of the caller's, who has it carried out after the commit.
   *
   * @param options `since`: now, by the clock of the store.
   * @throws HubError `not_found` · `settings_changed` · `not_signed_in`.
   */
  async establishWithin(
    transaction: Queries,
    signIn: VerifiedSignIn,
    { since, ending }: { readonly since: number; readonly ending?: SignInEnding | undefined },
  ): Promise<KeptSignIn> {
    const { caller, provider, credential, identity } = signIn;
    await holdCaller(transaction, caller);
    // Verified again by itself, the credential would travel to an address that the person has not seen.
    const settings = await lockSettings(transaction, provider);
    await ending?.claim(transaction);
    const former = await lockConnection(transaction, caller.personId, provider.id, this.#resources.newId());
    const row = {
      ...this.#toRow(signIn, former, since),
      bound_to: bindingOf(fromJson(settings.config), credential.kind),
    };
    await transaction.updateTable('connections').set(row).where('id', '=', row.id).execute();
    // Given to another credential, perhaps to another account.
    await removeAnswers(transaction, [row.id]);
    const plan = await this.#syncs.planSignIn(transaction, caller.personId, row);
    await ending?.complete(transaction, { syncId: plan.syncId });
    await this.#audit.record(transaction, {
      caller,
      action: 'connection.signed_in',
      gitProviderId: provider.id,
      details: { account: identity.account.username, kind: credential.kind },
    });
    return { connection: toConnectionView(row, settings, this.#resources.clock.now()), plan };
  }

  async carryOut({ connection, plan }: KeptSignIn): Promise<SignedIn> {
    await this.#syncs.carryOut(plan);
    return { connection, syncId: plan.syncId };
  }

  #toRow({ caller, provider, credential, identity }: VerifiedSignIn, former: ConnectionRow, since: number) {
    const { vault, clock } = this.#resources;
    const { id } = former;
    const now = clock.now().getTime();
    // What another account's credential listed is not this account's to see.
    const keepsList = former.account_id === identity.account.id;
    return {
      ...accountColumns(identity),
      id,
      person_id: caller.personId,
      git_provider_id: provider.id,
      ...credentialColumns(vault, id, credential, { now: since }),
      credential_version: former.credential_version + 1,
      kind: credential.kind,
      epoch: former.epoch + 1,
      attention_reason: null,
      attention_at: null,
      scheduled_at: null,
      ...(keepsList ? shownBy(former) : nothingVisible),
      created_at: former.epoch === 0 ? now : former.created_at,
      updated_at: now,
    } satisfies Partial<ConnectionRow>;
  }
}

function shownBy({
  visible_generation,
  complete_generation,
  visible_completed_at,
  visible_omitted,
}: ConnectionRow) {
  return { visible_generation, complete_generation, visible_completed_at, visible_omitted };
}

/**
 * Locks the settings as they are, until the transaction ends.
 *
 * @throws HubError `not_found` · `settings_changed`.
 */
async function lockSettings(
  transaction: Queries,
  { id, name, version }: VerifiedSignIn['provider'],
): Promise<GitProviderRow> {
  const row = await transaction
    .selectFrom('git_providers')
    .selectAll()
    .where('id', '=', id)
    .forShare()
    .executeTakeFirst();
  if (row === undefined) throw new HubError('not_found', 'There is no such git provider.');
  if (row.version !== version) throw settingsChanged(name);
  return row;
}

/**
 * Locks the person's connection. Where there is none, an empty one takes its place: of two sign-ins at once the second
 * waits here, and goes on with what the first has stored.
 */
async function lockConnection(
  transaction: Queries,
  personId: string,
  gitProviderId: string,
  newId: string,
): Promise<ConnectionRow> {
  await transaction
    .insertInto('connections')
    .values({ ...emptyConnection, id: newId, person_id: personId, git_provider_id: gitProviderId })
    .onConflict((conflict) => conflict.columns(['person_id', 'git_provider_id']).doNothing())
    .execute();
  return transaction
    .selectFrom('connections')
    .selectAll()
    .where('person_id', '=', personId)
    .where('git_provider_id', '=', gitProviderId)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

/** Never seen: the transaction that stores it fills it. */
const emptyConnection = {
  credential: '',
  credential_version: 0,
  credential_refused: 0,
  bound_to: '',
  kind: 'token',
  epoch: 0,
  account_id: '',
  account_username: '',
  account_kind: 'user',
  created_at: 0,
  updated_at: 0,
} as const satisfies Partial<ConnectionRow>;

export function findConnection(
  database: Queries,
  personId: string,
  gitProviderId: string,
): Promise<ConnectionRow | undefined> {
  return database
    .selectFrom('connections')
    .selectAll()
    .where('person_id', '=', personId)
    .where('git_provider_id', '=', gitProviderId)
    .executeTakeFirst();
}

function accountColumns({ account, email, scopes, missingScopes, expiresAt }: Identity) {
  return {
    account_id: account.id,
    account_username: account.username,
    account_kind: account.kind,
    account_display_name: account.displayName ?? null,
    account_avatar_url: account.avatarUrl ?? null,
    account_web_url: account.webUrl ?? null,
    email: email ?? null,
    scopes: toNullableJson(scopes),
    missing_scopes: toNullableJson(missingScopes),
    expires_at: expiresAt?.getTime() ?? null,
  };
}
