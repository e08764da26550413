import type { CallOptions, Omission, Page, Repository, RepositoryQuery } from '@anyforge/core';
import { createPathFilter, ProviderError } from '@anyforge/core';
import type { LoadedPage, PageWalk } from '@anyforge/provider-kit';
import { createSlots, walkPages } from '@anyforge/provider-kit';
import type { Api } from './api.js';
import { provider } from './host.js';
import { WorkspaceListing } from './workspace-listing.js';
import type { KnownWorkspace } from './workspaces.js';
import { chosenWorkspaces } from './workspaces.js';

/** How many workspaces are begun before the one that is read has ended. */
const workspacesAhead = 4;
/** In one run, whatever it is that is asked for. */
const requestsAtOnce = 10;

/** Where a listing goes on: in which workspace, and where in that. */
interface Position {
  readonly name?: string | undefined;
  /** Beside the name, for when that workspace is not there any more. */
  readonly order?: string | undefined;
  readonly resume?: string | undefined;
}

export interface RepositoryListingOptions {
  readonly api: Api;
  readonly query: RepositoryQuery;
  /** Whether the credential is that of an access token. */
  readonly isAccessToken: (call: CallOptions) => Promise<boolean>;
  readonly call: CallOptions;
}

/** Lists the repositories of all workspaces one after the other, in the order of their full names. */
export function walkRepositories(options: RepositoryListingOptions): PageWalk<Repository> {
  const { api, query, call } = options;
  const run = new RepositoryRun(options);
  return walkPages<Repository, Position>({
    provider,
    listing: JSON.stringify(['repositories', api.apiUrl, run.selection]),
    first: {},
    resume: query.resume,
    call,
    load: (position, pageCall) => run.load(position, pageCall),
  });
}

interface Plan {
  readonly asAccessToken: boolean;
  readonly workspaces: readonly KnownWorkspace[];
}

/** One run over the workspaces. Its pages are asked for one after the other: each tells where the next one is. */
class RepositoryRun {
  /** Names what is chosen, so that a page of another choice is not resumed. */
  readonly selection: unknown;
  readonly #options: RepositoryListingOptions;
  readonly #api: Api;
  readonly #includes: (path: string) => boolean;
  readonly #listings = new Map<string, WorkspaceListing>();
  #plan: Promise<Plan> | undefined;

  constructor(options: RepositoryListingOptions) {
    const { api, query } = options;
    const { organizations = [], patterns = [] } = query;
    const inSlot = createSlots(requestsAtOnce);
    this.selection = [organizations, patterns];
    this.#options = options;
    this.#api = { ...api, get: (address, call) => inSlot(() => api.get(address, call)) };
    this.#includes = createPathFilter(patterns).includes;
  }

  /** @param call lasts as long as the whole run */
  async load(position: Position, call: CallOptions): Promise<LoadedPage<Repository, Position>> {
    const plan = await (this.#plan ??= this.#makePlan(call));
    const { workspaces } = plan;
    const { index, at } = find(workspaces, position);
    const workspace = workspaces[index];
    if (workspace === undefined) return { items: [] };
    const listing = this.#open(workspace, plan, at, call);
    for (const later of workspaces.slice(index + 1, index + 1 + workspacesAhead))
      this.#open(later, plan, undefined, call).prefetch();
    const { items, omitted, resume } = await readPage(listing, workspace);
    if (resume === undefined) this.#listings.delete(workspace.name);
    const next = resume === undefined ? workspaces[index + 1] : workspace;
    return { items, omitted, next: next && { name: next.name, order: next.order, resume } };
  }

  async #makePlan(call: CallOptions): Promise<Plan> {
    const { organizations = [] } = this.#options.query;
    const asAccessToken = await this.#options.isAccessToken(call);
    const workspaces = await chosenWorkspaces(
      { api: this.#api, isAccessToken: this.#options.isAccessToken, call },
      organizations,
    );
    return { asAccessToken, workspaces };
  }

  #open(
    { name }: KnownWorkspace,
    { asAccessToken }: Plan,
    resume: string | undefined,
    call: CallOptions,
  ): WorkspaceListing {
    const existing = this.#listings.get(name);
    if (existing !== undefined) return existing;
    const opened = new WorkspaceListing({
      api: this.#api,
      workspace: name,
      asAccessToken,
      includes: this.#includes,
      selection: this.selection,
      resume,
      call,
    });
    this.#listings.set(name, opened);
    return opened;
  }
}

/** A workspace that is gone by now is passed over: what follows it in order is next. */
function find(
  workspaces: readonly KnownWorkspace[],
  { name, order, resume }: Position,
): { readonly index: number; readonly at: string | undefined } {
  if (name === undefined || order === undefined) return { index: 0, at: undefined };
  const index = workspaces.findIndex((workspace) => workspace.name === name);
  if (index !== -1) return { index, at: resume };
  const next = workspaces.findIndex((workspace) => workspace.order > order);
  return { index: next === -1 ? workspaces.length : next, at: undefined };
}

/** A workspace that refuses this account as a whole is named as left out; the others are listed all the same. */
async function readPage(
  listing: WorkspaceListing,
  { reference }: KnownWorkspace,
): Promise<Pick<Page<Repository>, 'items' | 'omitted' | 'resume'>> {
  try {
    return await listing.next();
  } catch (error) {
    const reason = omissionReason(error);
    if (reason === undefined) throw error;
    return { items: [], omitted: [{ organization: reference, reason }] };
  }
}

function omissionReason(error: unknown): Omission['reason'] | undefined {
  if (!ProviderError.is(error)) return undefined;
  const { kind } = error;
  return kind === 'forbidden' || kind === 'organization_restricted' || kind === 'sso_required'
    ? kind
    : undefined;
}
