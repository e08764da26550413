import type { ConnectionSessions } from '../connections/connection-sessions.js';
import { findConnection } from '../connections/connection-writer.js';
import { HubError } from '../errors.js';
import { configuredLink } from '../forge-links.js';
import { findGitProvider } from '../git-providers/git-provider-pool.js';
import { checkLimit } from '../keyset-cursor.js';
import type { Resources } from '../resources.js';
import { inOneSnapshot } from '../store/one-snapshot.js';
import type { Store } from '../store/store.js';
import type { RepositoryFilter } from './repository-filter.js';
import type { RepositorySort, SortDirection } from './repository-order.js';
import { readPosition, writePosition } from './repository-order.js';
import type { RepositoryPermissions } from './repository-permissions.js';
import { askPermissions } from './repository-permissions.js';
import { countRows, findListed, listRows, positionOf, visibleGenerations } from './repository-queries.js';
import type { ListedRepository, ListedRow } from './repository-rows.js';
import { toListedRepository } from './repository-rows.js';

export interface RepositoryListRequest extends RepositoryFilter {
  /** By path unless told otherwise. */
  readonly sort?: RepositorySort | undefined;
  /** `asc` unless told otherwise. */
  readonly direction?: SortDirection | undefined;
  /** 1 to 200. */
  readonly limit: number;
  /** The `nextCursor` of the page before, in the same order. */
  readonly cursor?: string | undefined;
}

export interface RepositoryList {
  /** In the order asked for; what is alike in it by path, then git provider. */
  readonly items: readonly ListedRepository[];
  /** Absent: this is the last page. */
  readonly nextCursor?: string | undefined;
  /** How many the filter lets through, on all pages. */
  readonly total: number;
}

const limitAtMost = 200;

/** What people see of the repositories: each their own. */
export interface RepositoryService {
  /**
   * The repositories of the person's last complete listings. What a sync under way has found so far is not among them.
   *
   * @throws HubError `invalid_input`.
   */
  list(personId: string, request: RepositoryListRequest): Promise<RepositoryList>;
  /** @throws HubError `not_found` when it does not exist or the person's own permissions do not reach it. */
  get(personId: string, gitProviderId: string, forgeId: string): Promise<ListedRepository>;
  /**
   * What everybody may do on a repository of the person's list, asked of the forge now, with the person's own
   * credential: as far as that may know.
   *
   * @throws HubError `not_found` as `get`.
   * @throws ProviderError why the forge does not tell.
   */
  permissions(
    personId: string,
    gitProviderId: string,
    forgeId: string,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<RepositoryPermissions>;
}

export class Repositories implements RepositoryService {
  readonly #store: Store;
  readonly #sessions: Pick<ConnectionSessions, 'open'>;

  constructor({ store }: Pick<Resources, 'store'>, sessions: Pick<ConnectionSessions, 'open'>) {
    this.#store = store;
    this.#sessions = sessions;
  }

  async list(personId: string, request: RepositoryListRequest): Promise<RepositoryList> {
    const { limit, sort = 'path', direction = 'asc', cursor } = request;
    checkLimit(limit, limitAtMost);
    const order = { sort, direction };
    const after = cursor === undefined ? undefined : readPosition(cursor, order);
    // The pointer must not move, and the old list be swept, between its statements.
    const { rows, total } = await inOneSnapshot(this.#store.database, async (snapshot) => {
      const generations = await visibleGenerations(snapshot, personId, request.gitProviderId);
      return {
        rows: await listRows(snapshot, generations, request, { order, after }),
        total: await countRows(snapshot, generations, request),
      };
    });
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: await this.#present(shown),
      nextCursor:
        rows.length > limit && last !== undefined ? writePosition(order, positionOf(last)) : undefined,
      total,
    };
  }

  async get(personId: string, gitProviderId: string, forgeId: string): Promise<ListedRepository> {
    const { database } = this.#store;
    const row = await findListed(database, { personId, gitProviderId, forgeId });
    const [repository] = row === undefined ? [] : await this.#present([row]);
    if (repository === undefined) throw notListed();
    return repository;
  }

  async permissions(
    personId: string,
    gitProviderId: string,
    forgeId: string,
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<RepositoryPermissions> {
    const { database } = this.#store;
    const row = await findListed(database, { personId, gitProviderId, forgeId });
    const connection = await findConnection(database, personId, gitProviderId);
    if (row === undefined || connection === undefined) throw notListed();
    const session = await this.#sessions.open({
      connectionId: connection.id,
      gitProviderId,
      epoch: connection.epoch,
    });
    const link = configuredLink(await findGitProvider(database, gitProviderId));
    return askPermissions(session, { id: forgeId, path: row.path }, { link, signal: options.signal });
  }

  async #present(rows: readonly ListedRow[]): Promise<readonly ListedRepository[]> {
    const ids = [...new Set(rows.map((row) => row.git_provider_id))];
    if (ids.length === 0) return [];
    const providers = await this.#store.database
      .selectFrom('git_providers')
      .select(['id', 'config'])
      .where('id', 'in', ids)
      .execute();
    const links = new Map(providers.map((provider) => [provider.id, configuredLink(provider)]));
    return rows.flatMap((row) => {
      const link = links.get(row.git_provider_id);
      // Of a git provider that was deleted meanwhile, nothing is left to show.
      return link === undefined ? [] : [toListedRepository(row, link)];
    });
  }
}

function notListed(): HubError {
  return new HubError('not_found', 'None of your git providers lists such a repository for you.');
}
