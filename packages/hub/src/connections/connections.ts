import type { Identity, TokenCredential } from '@anyforge/core';
import { HubError } from '../errors.js';
import type { GitProviderPool } from '../git-providers/git-provider-pool.js';
import { findGitProvider } from '../git-providers/git-provider-pool.js';
import type { GitProviders } from '../git-providers/git-providers.js';
import type { Resources } from '../resources.js';
import { toNullableJson } from '../store/json.js';
import type { ConnectionRow } from '../store/schema.js';
import type { Queries } from '../store/store.js';
import type { Syncs } from '../syncs/syncs.js';
import { untilAborted } from '../until-aborted.js';
import type { ConnectionView } from './connection-view.js';
import { toConnectionView } from './connection-view.js';
import { credentialRecord, writeCredential } from './stored-credential.js';
import type { TokenInput } from './token-input.js';
import { checkUsername, toCredential } from './token-input.js';

/** A verified sign-in and the sync that it started. */
export interface SignedIn {
  readonly connection: ConnectionView;
  readonly syncId: string;
}

/** People's own sign-ins. */
export interface ConnectionService {
  /**
   * Signs a person in with a token: asks the forge whose it is, keeps it encrypted, and synchronizes that git
   * provider. It replaces an earlier sign-in there. A refused token changes nothing; nor does a call that is aborted,
   * which rejects at once with the signal's reason.
   *
   * @throws HubError `invalid_input` · `username_mismatch` · `not_found` · `unknown_provider_type`; `settings_changed`
   * when somebody else changed the git provider meanwhile.
   * @throws ProviderError why the forge refused, or could not be asked.
   */
  putToken(
    personId: string,
    gitProviderId: string,
    input: TokenInput,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<SignedIn>;
  /** Null: not signed in. */
  get(personId: string, gitProviderId: string): Promise<ConnectionView | null>;
  /**
   * Forgets the credential and hides everything that it listed, at once. The authorization on the forge stays.
   *
   * @throws HubError `not_found` when the person is not signed in there.
   */
  signOut(personId: string, gitProviderId: string): Promise<void>;
}

export class Connections implements ConnectionService {
  readonly #resources: Resources;
  readonly #gitProviders: GitProviders;
  readonly #pool: GitProviderPool;
  readonly #syncs: Syncs;

  constructor(resources: Resources, gitProviders: GitProviders, pool: GitProviderPool, syncs: Syncs) {
    this.#resources = resources;
    this.#gitProviders = gitProviders;
    this.#pool = pool;
    this.#syncs = syncs;
  }

  async putToken(
    personId: string,
    gitProviderId: string,
    input: TokenInput,
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<SignedIn> {
    const credential = toCredential(input);
    const { signal } = options;
    signal?.throwIfAborted();
    const { database } = this.#resources.store;
    const provider = await findGitProvider(database, gitProviderId);
    const asking = this.#pool.get(provider).signIn(credential).identity({ signal });
    const identity = await (signal === undefined ? asking : untilAborted(asking, signal));
    checkUsername(credential.username, identity, await this.#gitProviders.tokenHelp(gitProviderId));

    const saved = await database.transaction().execute(async (transaction) => {
      // Verified again by itself, the token would travel to an address that the person has not seen.
      const { version } = await findGitProvider(transaction, gitProviderId);
      if (version !== provider.version) throw settingsChanged(provider.name);
      const connection = await this.#save(transaction, { personId, gitProviderId, credential, identity });
      const plan = await this.#syncs.planSignIn(transaction, personId, connection);
      signal?.throwIfAborted();
      return { connection, plan };
    });
    await this.#syncs.carryOut(saved.plan);
    return { connection: toConnectionView(saved.connection), syncId: saved.plan.syncId };
  }

  async get(personId: string, gitProviderId: string): Promise<ConnectionView | null> {
    const row = await find(this.#resources.store.database, personId, gitProviderId);
    return row === undefined ? null : toConnectionView(row);
  }

  async signOut(personId: string, gitProviderId: string): Promise<void> {
    const plan = await this.#resources.store.database.transaction().execute(async (transaction) => {
      const row = await find(transaction, personId, gitProviderId);
      if (row === undefined) throw new HubError('not_found', 'You are not signed in to this git provider.');
      await transaction.deleteFrom('connections').where('id', '=', row.id).execute();
      return this.#syncs.planSignOut(transaction, row.id);
    });
    await this.#syncs.carryOut(plan);
  }

  async #save(transaction: Queries, signIn: SignIn): Promise<ConnectionRow> {
    const { vault, clock, newId } = this.#resources;
    const { personId, gitProviderId, credential, identity } = signIn;
    const former = await find(transaction, personId, gitProviderId);
    const id = former?.id ?? newId();
    const now = clock.now().getTime();
    // What another account's credential listed is not this account's to see.
    const keepsList = former?.account_id === identity.account.id;
    const row: ConnectionRow = {
      ...accountColumns(identity),
      id,
      person_id: personId,
      git_provider_id: gitProviderId,
      credential: vault.seal(writeCredential(credential), credentialRecord(id)),
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

interface SignIn {
  readonly personId: string;
  readonly gitProviderId: string;
  readonly credential: TokenCredential;
  readonly identity: Identity;
}

function settingsChanged(name: string): HubError {
  return new HubError(
    'settings_changed',
    `The settings of ${name} were changed while your token was checked, so it was not saved. Look at them and sign in again.`,
  );
}

function find(
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
