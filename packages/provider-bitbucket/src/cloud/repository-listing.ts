import type { CallOptions, Omission, Page, Repository, RepositoryQuery } from '@anyforge/core';
import { createPathFilter, ProviderError } from '@anyforge/core';
import type { LoadedPage, PageWalk } from '@anyforge/provider-kit';
import { walkPages } from '@anyforge/provider-kit';
import type { Api } from './api.js';
import { WorkspaceListing } from './workspace-listing.js';
import type { KnownWorkspace } from './workspaces.js';
import { chosenWorkspaces } from './workspaces.js';

const provider = 'bitbucket';

/** How many workspaces are begun before the one that is read has ended. */
const workspacesAhead = 4;

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
export function walkRepositories({
  api,
  query,
  isAccessToken,
  call,
}: RepositoryListingOptions): PageWalk<Repository> {
  const { organizations = [], patterns = [], resume } = query;
  const selection = [organizations, patterns];
  const { includes } = createPathFilter(patterns);
  const listings = new Map<string, WorkspaceListing>();
  let planned: Promise<Plan> | undefined;

  const plan = async (pageCall: CallOptions): Promise<Plan> => {
    const asAccessToken = await isAccessToken(pageCall);
    return {
      asAccessToken,
      workspaces: await chosenWorkspaces(api, organizations, { asAccessToken, call: pageCall }),
    };
  };

  const open = (
    { name }: KnownWorkspace,
    { asAccessToken }: Plan,
    at: string | undefined,
    pageCall: CallOptions,
  ): WorkspaceListing => {
    const opened =
      listings.get(name) ??
      new WorkspaceListing({
        api,
        workspace: name,
        asAccessToken,
        includes,
        selection,
        resume: at,
        call: pageCall,
      });
    listings.set(name, opened);
    return opened;
  };

  return walkPages<Repository, Position>({
    provider,
    listing: JSON.stringify(['repositories', api.apiUrl, selection]),
    first: {},
    resume,
    call,
    load: async (position, pageCall) => {
      const known = await (planned ??= plan(pageCall));
      const { workspaces } = known;
      const { index, at } = find(workspaces, position);
      const workspace = workspaces[index];
      if (workspace === undefined) return { items: [] };
      const listing = open(workspace, known, at, pageCall);
      for (const later of workspaces.slice(index + 1, index + 1 + workspacesAhead))
        open(later, known, undefined, pageCall).prefetch();
      const page = await readPage(listing, workspace);
      if (page.resume === undefined) listings.delete(workspace.name);
      return { items: page.items, omitted: page.omitted, next: after(workspaces, index, page.resume) };
    },
  });
}

interface Plan {
  readonly asAccessToken: boolean;
  readonly workspaces: readonly KnownWorkspace[];
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

function after(
  workspaces: readonly KnownWorkspace[],
  index: number,
  resume: string | undefined,
): LoadedPage<Repository, Position>['next'] {
  const workspace = workspaces[resume === undefined ? index + 1 : index];
  return workspace && { name: workspace.name, order: workspace.order, resume };
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
