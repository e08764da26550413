import type { CallOptions, Page, Permission, Repository } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { parseAnswer, walkPages } from '@anyforge/provider-kit';
import type { Api } from './api.js';
import { toPermission, toRepository, unknownPermission } from './map.js';
import type { Told } from './own-permissions.js';
import { askOwnPermission, readOwnPermissions, untoldToAccessTokens } from './own-permissions.js';
import { fieldsOf, firstPage, readBodyPage } from './pages.js';
import type { RepositoryWire } from './wire.js';
import { repositoryFields, repositoryPage, repositoryWire } from './wire.js';

const provider = 'bitbucket';

/** What changed while it was read is asked for one by one, up to this; more is a listing to be read again. */
const mostSingleQuestions = 24;
const questionsAtOnce = 6;

export interface WorkspaceListingOptions {
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

/**
 * Lists what an account has been granted in one workspace: all repositories that it sees, joined by their ids with its
 * own permissions. What it sees because it is public, without a grant, is left out.
 *
 * The two are read one beside the other while both may change, so they are held against each other: a private
 * repository without a permission is asked for again, and so is a permission whose repository was not listed. That
 * also finds what slipped from one page to another that was read before.
 */
export class WorkspaceListing {
  readonly #options: WorkspaceListingOptions;
  readonly #pages: AsyncIterator<Page<Repository>, undefined>;
  #told: Promise<Told> | undefined;
  #ahead: Promise<Page<Repository>> | undefined;
  #questions = 0;

  constructor(options: WorkspaceListingOptions) {
    this.#options = options;
    const { api, workspace, call, resume, selection } = options;
    const first = firstPage(api.urlOf(`/repositories/${encodeURIComponent(workspace)}`), {
      // A full name is unique, so that no two repositories change places between pages.
      sort: 'full_name',
      fields: fieldsOf(repositoryFields),
    });
    this.#pages = walkPages<Repository, string>({
      provider,
      listing: JSON.stringify(['workspace', first, selection]),
      first,
      resume,
      call,
      load: async (address, pageCall) => {
        const [page, told] = await Promise.all([this.#load(address, pageCall), this.#permissions()]);
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

  async #load(address: string, call: CallOptions) {
    const { api } = this.#options;
    const { data } = await api.get(address, call);
    const page = parseAnswer(provider, 'the repositories of a workspace', repositoryPage, data);
    return { wires: page.values, onward: readBodyPage(address, page) };
  }

  /** Read once, by the first page that comes. */
  #permissions(): Promise<Told> {
    const { api, workspace, asAccessToken, call } = this.#options;
    this.#told ??= asAccessToken
      ? Promise.resolve(untoldToAccessTokens)
      : readOwnPermissions(api, workspace, call);
    // Whoever waits for it hears of its failure; nobody has to when the first page fails before.
    this.#told.catch(() => undefined);
    return this.#told;
  }

  async #join(
    wires: readonly RepositoryWire[],
    told: Told,
    call: CallOptions,
  ): Promise<readonly Repository[]> {
    const { api, includes } = this.#options;
    const permissionOf = async (wire: RepositoryWire): Promise<Permission | undefined> => {
      if ('reason' in told) return unknownPermission(told.reason);
      const native = told.permissions.take(wire.uuid);
      if (native !== undefined) return toPermission(native);
      if (told.permissions.isListed(wire.uuid)) return undefined;
      return wire.is_private ? this.#askPermission(wire, call) : undefined;
    };
    const items: Repository[] = [];
    for (const wire of wires) {
      const permission = await permissionOf(wire);
      if (permission !== undefined && includes(wire.full_name))
        items.push(toRepository(wire, api.webUrl, permission));
    }
    return items;
  }

  /** Of a private repository that came, or was granted, after the permissions were read. */
  async #askPermission(wire: RepositoryWire, call: CallOptions): Promise<Permission> {
    if (this.#mayAsk()) {
      const native = await askOwnPermission(this.#options.api, wire, call);
      if (native !== undefined) return toPermission(native);
    }
    return unknownPermission('It was granted, or taken away, while the repositories were listed.');
  }

  /** What has a permission and was on no page, as far as it is still there. Told only by a run from the beginning. */
  async #left(): Promise<readonly Repository[]> {
    const told = await this.#permissions();
    const { api, call, resume, includes } = this.#options;
    if ('reason' in told || resume !== undefined) return [];
    const { unlisted } = told.permissions;
    if (unlisted.length > mostSingleQuestions) throw changedTooMuch();
    const found: Repository[] = [];
    for (let start = 0; start < unlisted.length; start += questionsAtOnce) {
      const uuids = unlisted.slice(start, start + questionsAtOnce);
      const wires = await Promise.all(uuids.map((uuid) => this.#find(uuid, call)));
      for (const wire of wires) {
        const native = wire && told.permissions.take(wire.uuid);
        if (wire !== undefined && native !== undefined && includes(wire.full_name))
          found.push(toRepository(wire, api.webUrl, toPermission(native)));
      }
    }
    return found;
  }

  async #find(uuid: string, call: CallOptions): Promise<RepositoryWire | undefined> {
    const { api, workspace } = this.#options;
    try {
      const path = `/repositories/${encodeURIComponent(workspace)}/${encodeURIComponent(uuid)}`;
      const { data } = await api.get(path, call);
      return parseAnswer(provider, 'a repository', repositoryWire, data);
    } catch (error) {
      if (ProviderError.is(error) && ['not_found', 'forbidden'].includes(error.kind)) return undefined;
      throw error;
    }
  }

  #mayAsk(): boolean {
    this.#questions += 1;
    return this.#questions <= mostSingleQuestions;
  }
}

function changedTooMuch(): ProviderError {
  return new ProviderError(
    'unavailable',
    'The workspace changed too much while its repositories were listed.',
    {
      provider,
      repair: { text: 'List them again.' },
    },
  );
}
