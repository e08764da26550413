import { HubError } from '../errors.js';
import type { GitProviderPool } from '../git-providers/git-provider-pool.js';
import { findGitProvider } from '../git-providers/git-provider-pool.js';
import type { GitProviders } from '../git-providers/git-providers.js';
import type { Resources } from '../resources.js';
import type { Syncs } from '../syncs/syncs.js';
import { untilAborted } from '../until-aborted.js';
import type { ConnectionView } from './connection-view.js';
import { toConnectionView } from './connection-view.js';
import type { ConnectionWriter, SignedIn } from './connection-writer.js';
import { findConnection } from './connection-writer.js';
import type { TokenInput } from './token-input.js';
import { checkUsername, toCredential } from './token-input.js';

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

export interface ConnectionsParts {
  readonly resources: Resources;
  readonly gitProviders: GitProviders;
  readonly pool: GitProviderPool;
  readonly writer: ConnectionWriter;
  readonly syncs: Syncs;
}

export class Connections implements ConnectionService {
  readonly #resources: Resources;
  readonly #gitProviders: GitProviders;
  readonly #pool: GitProviderPool;
  readonly #writer: ConnectionWriter;
  readonly #syncs: Syncs;

  constructor(parts: ConnectionsParts) {
    this.#resources = parts.resources;
    this.#gitProviders = parts.gitProviders;
    this.#pool = parts.pool;
    this.#writer = parts.writer;
    this.#syncs = parts.syncs;
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

    return this.#writer.establish({ personId, provider, credential, identity }, { signal });
  }

  async get(personId: string, gitProviderId: string): Promise<ConnectionView | null> {
    const row = await findConnection(this.#resources.store.database, personId, gitProviderId);
    return row === undefined ? null : toConnectionView(row);
  }

  async signOut(personId: string, gitProviderId: string): Promise<void> {
    const plan = await this.#resources.store.database.transaction().execute(async (transaction) => {
      const row = await findConnection(transaction, personId, gitProviderId);
      if (row === undefined) throw new HubError('not_found', 'You are not signed in to this git provider.');
      await transaction.deleteFrom('connections').where('id', '=', row.id).execute();
      return this.#syncs.planSignOut(transaction, [row.id]);
    });
    await this.#syncs.carryOut(plan);
  }
}
