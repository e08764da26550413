import type { CallOptions, Page, Permission, Repository } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { PageAnswer } from '@anyforge/provider-kit';
import { parseAnswer, walkPages } from '@anyforge/provider-kit';
import type { Api } from './api.js';
import { provider } from './host.js';
import { publicPermission, toPermission, toRepository, unknownPermission } from './map.js';
import type { Told } from './own-permissions.js';
import { askOwnPermission, isNotFound, readOwnPermissions, untoldToAccessTokens } from './own-permissions.js';
import { fieldsOf, firstPage, readBodyPage } from './pages.js';
import type { RepositoryWire } from './wire.js';
import { repositoryFields, repositoryPage, repositoryWire } from './wire.js';

export interface WorkspaceListingOptions {
  /** Whatever is asked at once goes through it at once: how much that may be is for it to say. */
  readonly api: Api;
  /** What the API takes for the workspace: its slug or its id. */
  readonly workspace: string;
  readonly asAccessToken: boolean;
  readonly includes: (path: string) => boolean;
  /** Names the selection that `includes` makes. */
  readonly selection: unknown;
  readonly resume: string | undefined;
  readonly call: CallOptions;
}

interface FirstPages {
  readonly members: string;
  readonly visible: string;
}

interface LoadedWires {
  readonly wires: readonly RepositoryWire[];
  readonly onward: PageAnswer<string>;
}

/**
 * Lists what an account has been granted in one workspace: the repositories that it is a member of, joined by their ids
 * with its own permissions. What it sees because it is public, without a grant, is left out.
 *
 * Both may change while they are read, one after the other, so they are held against each other: a repository
 * without a permission is asked for by itself, and so is a permission whose repository was not listed. That also finds
 * what slipped from one page to another that was read before.
 */
export class WorkspaceListing {
  readonly #options: WorkspaceListingOptions;
  readonly #pages: AsyncIterator<Page<Repository>, undefined>;
  /** The ids of what was on a page. What moved on to a later one comes twice, and is given out once. */
  readonly #listed = new Set<string>();
  #told: Promise<Told> | undefined;
  #ahead: Promise<Page<Repository>> | undefined;

  constructor(options: WorkspaceListingOptions) {
    this.#options = options;
    const { api, workspace, asAccessToken, call, resume, selection } = options;
    const pages = firstPages(api.urlOf(`/repositories/${encodeURIComponent(workspace)}`));
    // An access token is no member of anything: it lists what it sees.
    const first = asAccessToken ? pages.visible : pages.members;
    this.#pages = walkPages<Repository, string>({
      provider,
      listing: JSON.stringify(['workspace', first, selection]),
      first,
      resume,
      call,
      load: async (address, pageCall) => {
        // Not beside one another: what goes away early would shift the same repository past the reader of both.
        const told = await this.#permissions();
        const page = await (address === pages.members
          ? this.#loadFirst(pages, pageCall)
          : this.#load(address, pageCall));
        return { ...page.onward, items: await this.#join(page.wires, told, pageCall) };
      },
    })[Symbol.asyncIterator]();
  }

  /** Begins with the first page before it is asked for. */
  prefetch(): void {
    this.#ahead ??= this.#read();
    // Whoever asks for the page hears of its failure.
    this.#ahead.catch(() => undefined);
  }

  /** The next page. The last one has no `resume`; after it there is none to ask for. */
  next(): Promise<Page<Repository>> {
    const page = this.#ahead ?? this.#read();
    this.#ahead = undefined;
    return page;
  }

  async #read(): Promise<Page<Repository>> {
    const { value: page = { items: [] } } = await this.#pages.next();
    if (page.resume !== undefined) return page;
    await this.#pages.return?.();
    return { ...page, items: [...page.items, ...(await this.#left())] };
  }

  async #load(address: string, call: CallOptions): Promise<LoadedWires> {
    const { data } = await this.#options.api.get(address, call);
    const page = parseAnswer(provider, 'the repositories of a workspace', repositoryPage, data);
    return { wires: page.values, onward: readBodyPage(address, page) };
  }

  /** Those that the account is a member of, else all that it sees; the pages after it are of the same listing. */
  async #loadFirst({ members, visible }: FirstPages, call: CallOptions): Promise<LoadedWires> {
    try {
      return await this.#load(members, call);
    } catch (error) {
      if (!refusesRoles(error)) throw error;
      return this.#load(visible, call);
    }
  }

  /** Read once, by the first page that comes. */
  #permissions(): Promise<Told> {
    const { api, workspace, asAccessToken, call } = this.#options;
    this.#told ??= asAccessToken
      ? Promise.resolve(untoldToAccessTokens)
      : readOwnPermissions(api, workspace, call);
    return this.#told;
  }

  async #join(
    wires: readonly RepositoryWire[],
    told: Told,
    call: CallOptions,
  ): Promise<readonly Repository[]> {
    const { api, includes } = this.#options;
    const fresh = wires.filter(({ uuid }) => this.#isFresh(uuid));
    const chosen = fresh.filter(({ full_name: path }) => includes(path));
    const joined = await Promise.all(
      chosen.map(async (wire) => ({ wire, permission: await this.#permissionOn(wire, told, call) })),
    );
    return joined
      .filter(({ permission }) => permission !== publicPermission)
      .map(({ wire, permission }) => toRepository(wire, api.webUrl, permission));
  }

  #isFresh(uuid: string): boolean {
    if (this.#listed.has(uuid)) return false;
    this.#listed.add(uuid);
    return true;
  }

  #permissionOn(wire: RepositoryWire, told: Told, call: CallOptions): Permission | Promise<Permission> {
    if ('reason' in told) return unknownPermission(told.reason);
    const native = told.permissions.get(wire.uuid);
    return native === undefined ? askOwnPermission(this.#options.api, wire, call) : toPermission(native);
  }

  /** What has a permission and was on no page, as far as it is still there. Told only by a run from the beginning. */
  async #left(): Promise<readonly Repository[]> {
    const { call, resume } = this.#options;
    const told = await this.#permissions();
    if ('reason' in told || resume !== undefined) return [];
    const unlisted = [...told.permissions.keys()].filter((uuid) => !this.#listed.has(uuid));
    const found = await Promise.all(unlisted.map((uuid) => this.#find(uuid, call)));
    return this.#join(
      found.filter((wire) => wire !== undefined),
      told,
      call,
    );
  }

  async #find(uuid: string, call: CallOptions): Promise<RepositoryWire | undefined> {
    const { api, workspace } = this.#options;
    try {
      const path = `/repositories/${encodeURIComponent(workspace)}/${encodeURIComponent(uuid)}`;
      const { data } = await api.get(path, call);
      return parseAnswer(provider, 'a repository', repositoryWire, data);
    } catch (error) {
      if (isNotFound(error) || (ProviderError.is(error) && error.kind === 'forbidden')) return undefined;
      throw error;
    }
  }
}

/** Listings across workspaces took roles until they were removed; whether those of one will do so for ever is open. */
function refusesRoles(error: unknown): boolean {
  return ProviderError.is(error) && ['endpoint_removed', 'invalid_request'].includes(error.kind);
}

function firstPages(path: string): FirstPages {
  // A full name is unique, so that no two repositories change places between pages.
  const parameters = { sort: 'full_name', fields: fieldsOf(repositoryFields) };
  return {
    members: firstPage(path, { role: 'member', ...parameters }),
    visible: firstPage(path, parameters),
  };
}
