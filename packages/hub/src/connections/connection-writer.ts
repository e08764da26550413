import type { Credential, Identity } from '@anyforge/core';
import { HubError } from '../errors.js';
import { findGitProvider } from '../git-providers/git-provider-pool.js';
import type { Resources } from '../resources.js';
import { toNullableJson } from '../store/json.js';
import type { ConnectionRow, GitProviderRow } from '../store/schema.js';
import type { Queries } from '../store/store.js';
import type { Syncs } from '../syncs/syncs.js';
import type { ConnectionView } from './connection-view.js';
import { toConnectionView } from './connection-view.js';
import { credentialRecord, writeCredential } from './stored-credential.js';

/** A credential that the forge has taken, whose it is, and the git provider as it was when the forge was asked. */
export interface VerifiedSignIn {
  readonly personId: string;
  readonly provider: GitProviderRow;
  readonly credential: Credential;
  readonly identity: Identity;
}

/** A verified sign-in and the sync that it started. */
export interface SignedIn {
  readonly connection: ConnectionView;
  readonly syncId: string;
}

export interface EstablishOptions {
  /** Aborted before it is stored, nothing is. */
  readonly signal?: AbortSignal | undefined;
  /** What has to happen with it or not at all. */
  readonly alongside?: ((transaction: Queries, syncId: string) => Promise<void>) | undefined;
}

/** Makes verified sign-ins people's connections. */
export class ConnectionWriter {
  readonly #resources: Resources;
  readonly #syncs: Syncs;

  constructor(resources: Resources, syncs: Syncs) {
    this.#resources = resources;
    this.#syncs = syncs;
  }

  /**
   * Keeps a verified sign-in in place of the one before, and starts its sync.
   *
   * @throws HubError `not_found` · `settings_changed` when the git provider is not what it was when the forge was asked.
   */
  async establish(signIn: VerifiedSignIn, options: EstablishOptions = {}): Promise<SignedIn> {
    const { personId, provider } = signIn;
    const saved = await this.#resources.store.database.transaction().execute(async (transaction) => {
      // Verified again by itself, the credential would travel to an address that the person has not seen.
      const { version } = await findGitProvider(transaction, provider.id);
      if (version !== provider.version) throw settingsChanged(provider.name);
      const connection = await this.#save(transaction, signIn);
      const plan = await this.#syncs.planSignIn(transaction, personId, connection);
      await options.alongside?.(transaction, plan.syncId);
      options.signal?.throwIfAborted();
      return { connection, plan };
    });
    await this.#syncs.carryOut(saved.plan);
    return { connection: toConnectionView(saved.connection), syncId: saved.plan.syncId };
  }

  async #save(transaction: Queries, signIn: VerifiedSignIn): Promise<ConnectionRow> {
    const { vault, clock, newId } = this.#resources;
    const { personId, provider, credential, identity } = signIn;
    const former = await findConnection(transaction, personId, provider.id);
    const id = former?.id ?? newId();
    const now = clock.now().getTime();
    // What another account's credential listed is not this account's to see.
    const keepsList = former?.account_id === identity.account.id;
    const row: ConnectionRow = {
      ...accountColumns(identity),
      id,
      person_id: personId,
      git_provider_id: provider.id,
      credential: vault.seal(writeCredential(credential), credentialRecord(id)),
      credential_version: (former?.credential_version ?? 0) + 1,
      credential_since: now,
      credential_refused: 0,
      claim_id: null,
      claim_until: null,
      unanswered_since: null,
      refresh_expires_at:
        credential.kind === 'oauth' ? (credential.refreshTokenExpiresAt?.getTime() ?? null) : null,
      bound_to: '',
      kind: credential.kind,
      epoch: (former?.epoch ?? 0) + 1,
      attention_reason: null,
      attention_at: null,
      visible_generation: keepsList ? former.visible_generation : null,
      visible_completed_at: keepsList ? former.visible_completed_at : null,
      visible_omitted: keepsList ? former.visible_omitted : null,
      created_at: former?.created_at ?? now,
      updated_at: now,
    };
    if (former === undefined) await transaction.insertInto('connections').values(row).execute();
    else await transaction.updateTable('connections').set(row).where('id', '=', id).execute();
    return row;
  }
}

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

function settingsChanged(name: string): HubError {
  return new HubError(
    'settings_changed',
    `The settings of ${name} were changed while your sign-in was checked, so it was not saved. Look at them and sign in again.`,
  );
}
