import type { CallOptions, OrganizationRef } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { PageWalk } from '@anyforge/provider-kit';
import { parseAnswer, walkPages } from '@anyforge/provider-kit';
import type { Api } from './api.js';
import { isRefusal } from './own-permissions.js';
import { firstPage, readBodyPage } from './pages.js';
import { nameOf, organizationFilter } from './references.js';
import type { WorkspaceWire } from './wire.js';
import { workspacePage } from './wire.js';

const provider = 'bitbucket';

/** A workspace to be listed. Of one that was only named, the other name is not known. */
export interface KnownWorkspace {
  /** What the API takes: the id where it is known. */
  readonly name: string;
  /** What workspaces are ordered by. */
  readonly order: string;
  readonly reference: OrganizationRef;
}

/** Every workspace in which the account has anything. */
export function walkWorkspaces<Item>(
  api: Api,
  read: (wire: WorkspaceWire) => Item,
  call: CallOptions,
): PageWalk<Item> {
  const first = firstPage(api.urlOf('/user/workspaces'), { sort: 'slug' });
  return walkPages({
    provider,
    listing: first,
    first,
    resumable: false,
    call,
    load: async (address, pageCall) => {
      const { data } = await api.get(address, pageCall);
      const page = parseAnswer(provider, 'the workspaces', workspacePage, data);
      return {
        items: page.values.map(({ workspace }) => read(workspace)),
        ...readBodyPage(address, page),
      };
    },
  });
}

/**
 * The workspaces whose repositories are to be listed, in the order of their slugs. An access token sees one, which
 * Bitbucket tells it nothing of: it lists what it is asked for.
 */
export async function chosenWorkspaces(
  api: Api,
  organizations: readonly OrganizationRef[],
  { asAccessToken, call }: { readonly asAccessToken: boolean; readonly call: CallOptions },
): Promise<readonly KnownWorkspace[]> {
  const chosen =
    asAccessToken && organizations.length > 0
      ? organizations.map(toNamed)
      : await readWorkspaces(api, organizations, asAccessToken, call);
  return [...chosen].sort((one, other) => compare(one.order, other.order));
}

async function readWorkspaces(
  api: Api,
  organizations: readonly OrganizationRef[],
  asAccessToken: boolean,
  call: CallOptions,
): Promise<readonly KnownWorkspace[]> {
  const isChosen = organizationFilter(organizations);
  // By id: one that is told twice, because the listing moved, is one.
  const chosen = new Map<string, KnownWorkspace>();
  try {
    for await (const { items } of walkWorkspaces(api, (wire) => wire, call))
      for (const workspace of items.filter(isChosen)) chosen.set(workspace.uuid, toKnown(workspace));
  } catch (error) {
    throw asAccessToken && isRefusal(error) ? unnamed(error) : error;
  }
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
