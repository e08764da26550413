import type { CallOptions, Clock, Page, Repository, RepositoryQuery } from '@anyforge/core';
import { createPathFilter, ProviderError } from '@anyforge/core';
import { leavable, openCheckpoint, sealCheckpoint } from '@anyforge/provider-kit';
import { provider, readTotal } from './api.js';
import { readUser } from './identity.js';
import type { ListingContext } from './listing.js';
import { toRepository } from './map.js';
import { selectOrganizations } from './organization-selection.js';
import { mustNotBePublicOnly } from './granted-scopes.js';
import { walkWindows } from './window-walk.js';
import type { RepositoryWire } from './wire.js';
import { searchPage } from './wire.js';

/** Where a listing in the order of ids goes on: after which id, and how many repositories there were up to it. */
interface Position {
  readonly after: number;
  readonly seen: number;
}

export interface RepositoryListingOptions extends ListingContext {
  readonly query: RepositoryQuery;
  readonly call: CallOptions;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Lists what the account owns, collaborates on, and reaches through its teams, in the order of ids. A search with the
 * account's own id has exactly what `/user/repos` has, which can't be sorted.
 *
 * @see https://docs.gitea.com/api/ `GET /repos/search`
 */
export function listRepositories(
  options: RepositoryListingOptions,
): AsyncIterableIterator<Page<Repository>, undefined> {
  return leavable(options.call.signal, (signal) => list({ ...options, call: { ...options.call, signal } }));
}

async function* list(options: RepositoryListingOptions): AsyncGenerator<Page<Repository>, undefined> {
  const { get, pageSize, query, call, clock } = options;
  const { organizations = [], patterns = [], resume } = query;
  const name = { provider, listing: JSON.stringify(['repositories by id', 1, organizations, patterns]) };
  const { position } =
    resume === undefined ? { position: { after: 0, seen: 0 } } : openCheckpoint<Position>(name, resume);
  const filter = createPathFilter(patterns);
  const isWhole = organizations.length === 0 && patterns.length === 0;
  let { after } = position;

  const user = await readUser(get, call);
  const [selection] = await Promise.all([
    selectOrganizations(get, organizations, call),
    mustNotBePublicOnly(get, call),
  ]);
  const steps = walkWindows<RepositoryWire>({
    load: async ({ page, limit }, pageCall) => {
      const { data, headers } = await get(
        {
          what: 'the repositories',
          path: '/repos/search',
          query: { uid: user.id, sort: 'id', order: 'asc', page, limit },
          schema: searchPage,
        },
        pageCall,
      );
      mustBeInOrder(data);
      return { rows: data, total: readTotal(headers) };
    },
    isKnown: ({ id }) => id <= after,
    remember: ({ id }) => {
      after = id;
    },
    pageSize,
    seen: position.seen,
    call,
    clock,
  });
  for await (const { rows, total, seen, isLast, askedAt } of steps) {
    yield {
      items: rows
        .filter(({ owner, full_name: path }) => selection.includes(owner) && filter.includes(path))
        .map(toRepository),
      omitted: selection.omitted,
      total: isWhole ? total : undefined,
      resume: isLast ? undefined : sealCheckpoint(name, { position: { after, seen } }),
      ...(askedAt && { askedAt }),
    };
  }
  return undefined;
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
