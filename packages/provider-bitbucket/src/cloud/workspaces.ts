import type { CallOptions, OrganizationRef } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { PageWalk } from '@anyforge/provider-kit';
import { parseAnswer, walkPages } from '@anyforge/provider-kit';
import type { Api } from './api.js';
import { provider } from './host.js';
import { isRefusal } from './own-permissions.js';
import { firstPage, readBodyPage } from './pages.js';
import { nameOf, organizationFilter } from './references.js';
import type { WorkspaceWire } from './wire.js';
import { workspacePage } from './wire.js';

/** A workspace to be listed. Of one that was only named, the other name is not known. */
export interface KnownWorkspace {
  /** What the API takes: the id where it is known. */
  readonly name: string;
  /** What workspaces are ordered by. */
  readonly order: string;
  readonly reference: OrganizationRef;
}

export interface WorkspaceQuery {
  readonly api: Api;
  /** Whether the credential is that of an access token. */
  readonly isAccessToken: (call: CallOptions) => Promise<boolean>;
  readonly call: CallOptions;
}

/**
 * Every workspace in which the account has anything.
 *
 * @throws ProviderError `forbidden` for an access token, which Bitbucket tells nothing of its workspace
 */
export function walkWorkspaces<Item>(
  { api, isAccessToken, call }: WorkspaceQuery,
  read: (wire: WorkspaceWire) => Item,
): PageWalk<Item> {
  const first = firstPage(api.urlOf('/user/workspaces'), { sort: 'slug' });
  return walkPages({
    provider,
    listing: first,
    first,
    resumable: false,
    call,
    load: async (address, pageCall) => {
      try {
        const { data } = await api.get(address, pageCall);
        const page = parseAnswer(provider, 'the workspaces', workspacePage, data);
        return {
          items: page.values.map(({ workspace }) => read(workspace)),
          ...readBodyPage(address, page),
        };
      } catch (error) {
        throw isRefusal(error) && (await isAccessToken(pageCall)) ? unnamed(error) : error;
      }
    },
  });
}

/** Whether the account has anything in the workspace of this slug; undefined where Bitbucket does not tell. */
export async function hasWorkspace(query: WorkspaceQuery, slug: string): Promise<boolean | undefined> {
  try {
    return (await readWorkspaces(query, [{ path: slug }])).length > 0;
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

/**
 * The workspaces whose repositories are to be listed, in the order of their slugs. An access token sees one, which
 * Bitbucket tells it nothing of: it lists what it is asked for.
 */
export async function chosenWorkspaces(
  query: WorkspaceQuery,
  organizations: readonly OrganizationRef[],
): Promise<readonly KnownWorkspace[]> {
  const isNamed = organizations.length > 0 && (await query.isAccessToken(query.call));
  const chosen = isNamed ? organizations.map(toNamed) : await readWorkspaces(query, organizations);
  return [...chosen].sort((one, other) => compare(one.order, other.order));
}

async function readWorkspaces(
  query: WorkspaceQuery,
  organizations: readonly OrganizationRef[],
): Promise<readonly KnownWorkspace[]> {
  const isChosen = organizationFilter(organizations);
  // By id: one that is told twice, because the listing moved, is one.
  const chosen = new Map<string, KnownWorkspace>();
  for await (const { items } of walkWorkspaces(query, (wire) => wire))
    for (const workspace of items.filter(isChosen)) chosen.set(workspace.uuid, toKnown(workspace));
  return [...chosen.values()];
}

function toKnown({ uuid, slug }: WorkspaceWire): KnownWorkspace {
  return { name: uuid, order: slug, reference: { id: uuid, path: slug } };
}

function toNamed(reference: OrganizationRef): KnownWorkspace {
  return { name: nameOf(reference), order: reference.path ?? nameOf(reference), reference };
}

function unnamed(cause: ProviderError): ProviderError {
  return new ProviderError('forbidden', 'An access token cannot find out which workspace it is for.', {
    provider,
    status: cause.details.status,
    requestId: cause.details.requestId,
    repair: { text: 'Name its workspace among the organizations, or sign in as a person.' },
    cause,
  });
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
