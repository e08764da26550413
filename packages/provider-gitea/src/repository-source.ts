import type { CallOptions } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { Query } from './api.js';
import { provider, readGoesOn, readTotal } from './api.js';
import type { ListingContext } from './listing.js';
import { listRows } from './listing.js';
import type { WindowRows } from './loaded-window.js';
import type { OrganizationSelection } from './organization-selection.js';
import type { Window } from './windows.js';
import type { RepositoryWire, UserWire } from './wire.js';
import { organizationPage, searchPage } from './wire.js';

/** One of the searches that a listing is made of. */
export interface RepositorySource {
  /** Tells it from the others. */
  readonly id: string;
  readonly query: Query;
  /** How many of its pages are asked for at once, and held until their turn. */
  readonly pagesAhead: number;
}

/** The account's own is read fast; of the others there may be many. */
const pagesAhead = { own: 10, organization: 2 };

/**
 * The searches that have everything together: the account's own, which has what it owns, collaborates on and reaches
 * through teams; and one for what is public in each of its organizations, whether a team of its holds that or not. Of a
 * private organization the account's own has this as well in Gitea, and not in Forgejo from version 15 on.
 *
 * @see https://docs.gitea.com/api/ `GET /repos/search`
 */
export async function findSources(
  context: ListingContext,
  user: UserWire,
  selection: OrganizationSelection,
  call: CallOptions,
): Promise<readonly RepositorySource[]> {
  const sources: RepositorySource[] = [
    { id: String(user.id), query: { uid: user.id }, pagesAhead: pagesAhead.own },
  ];
  const pages = listRows(
    context,
    { what: 'the organizations', path: '/user/orgs', schema: organizationPage, idOf: ({ id }) => id },
    call,
  );
  for await (const { rows } of pages)
    for (const { id } of rows)
      if (selection.includes({ id }))
        sources.push({
          id,
          query: { uid: id, exclusive: 'true', is_private: 'false' },
          pagesAhead: pagesAhead.organization,
        });
  return sources;
}

/** Asks for one page of a search, in the order of ids. */
export async function searchRepositories(
  { get }: Pick<ListingContext, 'get'>,
  { query }: Pick<RepositorySource, 'query'>,
  { page, limit }: Window,
  call: CallOptions,
): Promise<WindowRows<RepositoryWire>> {
  const { data, headers } = await get(
    {
      what: 'the repositories',
      path: '/repos/search',
      query: { ...query, sort: 'id', order: 'asc', page, limit },
      schema: searchPage,
    },
    call,
  );
  mustBeInOrder(data);
  return { rows: data, total: readTotal(headers), goesOn: readGoesOn(headers) };
}

function mustBeInOrder(rows: readonly RepositoryWire[]): void {
  for (const [index, { id }] of rows.entries())
    if (id <= (rows[index - 1]?.id ?? 0))
      throw new ProviderError(
        'invalid_response',
        'Gitea did not list the repositories by id, as asked for.',
        {
          provider,
          repair: {
            text: 'Nothing was lost, but Gitea, or a proxy before it, is at fault. Tell whoever runs it.',
          },
        },
      );
}
