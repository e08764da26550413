import type { OAuthHelp, TokenHelp } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { RateBudgets } from '../budgets/rate-budgets.js';
import { toConnectionView } from '../connections/connection-view.js';
import { HubError } from '../errors.js';
import type { Caller } from '../people/caller.js';
import { holdCaller } from '../people/hold-caller.js';
import type { ProviderTypes } from '../provider-types.js';
import type { Resources } from '../resources.js';
import { callbackUrl } from '../sign-ins/callback-url.js';
import type { Role } from '../store/rows/people.js';
import type { GitProviderRow } from '../store/schema.js';
import type { Syncs } from '../syncs/syncs.js';
import type { GitProviderHealth } from './git-provider-health.js';
import { healthOf } from './git-provider-health.js';
import type { GitProviderPool } from './git-provider-pool.js';
import { findGitProvider } from './git-provider-pool.js';
import type { GitProviderRemover, RemovalConfirmation } from './git-provider-remover.js';
import type { GitProviderForPerson, GitProviderView, WayToSignIn } from './git-provider-view.js';
import { toGitProviderView, toPublicView } from './git-provider-view.js';
import type { GitProviderWriter } from './git-provider-writer.js';
import { versionConflict } from './git-provider-writer.js';
import type { ListNarrowing } from './list-narrowing.js';
import type { SyncHistory } from './sync-history.js';
import { syncHistoryOf } from './sync-history.js';
import { syncNeededBy } from './sync-needed.js';
import { oauthHelpOf, tokenHelpOf } from './help.js';
import type { GitProviderChange, NewGitProvider } from './proposal.js';
import type { ProposalChecker } from './proposal-checker.js';

export interface UpdateConfirmation {
  /** The one that whoever changes it has seen; whichever stands when it is left out. */
  readonly version?: number | undefined;
  /** How many connections the change may park. */
  readonly parks?: number | undefined;
}

/** The configured instances of forges, which all people share. */
export interface GitProviderService {
  /**
   * Adds a git provider. Nothing is asked of the forge. The config's secrets are sealed, and never come back out.
   *
   * @throws HubError `unknown_provider_type` · `invalid_input` · `duplicate_name`; `invalid_plugin` when the schema of
   * the config marks secrets where the hub can't find them.
   */
  create(caller: Caller, input: NewGitProvider): Promise<GitProviderView>;
  /**
   * Changes what is given. What the organization settings let through no more is out of people's lists when it returns,
   * or hidden with the rest of its list until it is. A credential is good for the address and the OAuth client that it was given for: with others
   * the client secret has to be typed again, and people's connections are parked until they sign in again.
   *
   * @throws HubError what `create` throws, `not_found`, `type_fixed`; `version_conflict` when it is not the version that
   * was seen; `parks_connections` with their number when another number, or none, was confirmed.
   */
  update(
    caller: Caller,
    id: string,
    change: GitProviderChange,
    confirmation?: UpdateConfirmation,
  ): Promise<GitProviderView>;
  /**
   * Removes it with everything under it: connections, credentials, permissions, repositories.
   *
   * @throws HubError `not_found` · `name_mismatch` · `version_conflict`.
   */
  remove(caller: Caller, id: string, confirmation: RemovalConfirmation): Promise<void>;
  /** All of them by name, each with this person's own connection. */
  list(personId: string, role?: Role): Promise<readonly GitProviderForPerson[]>;
  /** @throws HubError `not_found`. */
  get(personId: string, id: string, role?: Role): Promise<GitProviderForPerson>;
  /**
   * How its syncs have ended of late, as far back as finished syncs are kept.
   *
   * @throws HubError `not_found`; `invalid_input` where `days` are not 1 to 30.
   */
  syncHistory(id: string, period: { readonly days: number }): Promise<SyncHistory>;
  /**
   * How a person makes a token on that very host.
   *
   * @throws HubError `not_found` · `unknown_provider_type`.
   */
  tokenHelp(id: string): Promise<TokenHelp>;
  /**
   * How an administrator registers the OAuth application on that very host, with this server's own redirect address.
   *
   * @throws HubError `not_found`, also when the forge has no OAuth applications; `unknown_provider_type`.
   */
  oauthHelp(id: string): Promise<OAuthHelp>;
}

export interface GitProvidersParts {
  readonly resources: Resources;
  readonly types: ProviderTypes;
  readonly pool: GitProviderPool;
  readonly checker: ProposalChecker;
  readonly writer: GitProviderWriter;
  readonly remover: GitProviderRemover;
  readonly narrowing: ListNarrowing;
  readonly syncs: Syncs;
  readonly budgets: RateBudgets;
  readonly publicUrl: string;
}

export class GitProviders implements GitProviderService {
  readonly #parts: GitProvidersParts;

  constructor(parts: GitProvidersParts) {
    this.#parts = parts;
  }

  async create(caller: Caller, input: NewGitProvider): Promise<GitProviderView> {
    const { resources, checker, writer } = this.#parts;
    const checked = checker.checkNew(input);
    const row = await resources.store.database.transaction().execute(async (transaction) => {
      await holdCaller(transaction, caller, 'administrate');
      return writer.insert(transaction, checked, { caller });
    });
    return toGitProviderView(row, false);
  }

  async update(
    caller: Caller,
    id: string,
    change: GitProviderChange,
    { version, parks }: UpdateConfirmation = {},
  ): Promise<GitProviderView> {
    const { resources, checker, writer, narrowing, syncs } = this.#parts;
    const stored = await findGitProvider(resources.store.database, id);
    if (version !== undefined && version !== stored.version) throw versionConflict();
    const checked = checker.checkChange(stored, change);
    const { row, plan } = await resources.store.database.transaction().execute(async (transaction) => {
      await holdCaller(transaction, caller, 'administrate');
      return writer.update(transaction, stored, checked, { caller, parks });
    });
    await syncs.carryOut(plan);
    await narrowing.narrowSoon(id);
    return toGitProviderView(row, (await syncNeededBy(resources.store.database)).has(id));
  }

  remove(caller: Caller, id: string, confirmation: RemovalConfirmation): Promise<void> {
    return this.#parts.remover.remove(caller, id, confirmation);
  }

  async list(personId: string, role: Role = 'member'): Promise<readonly GitProviderForPerson[]> {
    const { database } = this.#parts.resources.store;
    const providers = await database.selectFrom('git_providers').selectAll().orderBy('name_key').execute();
    return this.#presentFor(personId, role, providers);
  }

  async get(personId: string, id: string, role: Role = 'member'): Promise<GitProviderForPerson> {
    const provider = await findGitProvider(this.#parts.resources.store.database, id);
    const [presented] = await this.#presentFor(personId, role, [provider]);
    if (presented === undefined) throw new TypeError('One git provider is presented as one.');
    return presented;
  }

  async syncHistory(id: string, { days }: { readonly days: number }): Promise<SyncHistory> {
    const { store, clock } = this.#parts.resources;
    const { id: gitProviderId } = await findGitProvider(store.database, id);
    return syncHistoryOf(store.database, gitProviderId, { days, to: clock.now() });
  }

  async tokenHelp(id: string): Promise<TokenHelp> {
    const { types, pool, resources } = this.#parts;
    const row = await findGitProvider(resources.store.database, id);
    return tokenHelpOf(types.plugin(row.type), pool.config(row));
  }

  async oauthHelp(id: string): Promise<OAuthHelp> {
    const { types, pool, resources, publicUrl } = this.#parts;
    const row = await findGitProvider(resources.store.database, id);
    return oauthHelpOf(types.plugin(row.type), pool.config(row), callbackUrl(publicUrl, id));
  }

  async #presentFor(
    personId: string,
    role: Role,
    providers: readonly GitProviderRow[],
  ): Promise<readonly GitProviderForPerson[]> {
    const { store, clock } = this.#parts.resources;
    const { database } = store;
    const now = clock.now();
    const connections = await database
      .selectFrom('connections')
      .selectAll()
      .where('person_id', '=', personId)
      .execute();
    const isAdministrator = role === 'administrator';
    const health: ReadonlyMap<string, GitProviderHealth> = isAdministrator
      ? await healthOf({ database, budgets: this.#parts.budgets }, providers, connections)
      : new Map<string, GitProviderHealth>();
    const syncNeeded = isAdministrator ? await syncNeededBy(database) : new Set<string>();
    return providers.map((provider) => {
      const connection = connections.find((row) => row.git_provider_id === provider.id);
      return {
        ...(isAdministrator
          ? toGitProviderView(provider, syncNeeded.has(provider.id))
          : toPublicView(provider)),
        waysToSignIn: this.#waysToSignIn(provider),
        connection: connection === undefined ? null : toConnectionView(connection, provider, now),
        ...(isAdministrator && { health: health.get(provider.id) }),
      };
    });
  }

  #waysToSignIn(row: GitProviderRow): readonly WayToSignIn[] {
    try {
      const { oauth } = this.#parts.pool.get(row);
      return [
        'token',
        ...(oauth === undefined ? [] : ['oauth' as const]),
        ...(oauth?.device === undefined ? [] : ['device' as const]),
      ];
    } catch (error) {
      if (error instanceof HubError || ProviderError.is(error)) return [];
      throw error;
    }
  }
}
