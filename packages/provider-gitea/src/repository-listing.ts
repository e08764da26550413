import type { CallOptions, Clock, Page, Repository, RepositoryQuery } from '@anyforge/core';
import { createPathFilter } from '@anyforge/core';
import { createSlots, leavable, openCheckpoint, sealCheckpoint } from '@anyforge/provider-kit';
import type { Get } from './api.js';
import { provider } from './api.js';
import { mustNotBePublicOnly } from './granted-scopes.js';
import type { ListingContext } from './listing.js';
import { toRepository } from './map.js';
import { selectOrganizations } from './organization-selection.js';
import type { OwnToken } from './own-token.js';
import { findSources } from './repository-source.js';
import { RepositoryStream } from './repository-stream.js';
import { readUser } from './user.js';
import type { RepositoryWire } from './wire.js';

/** For one listing, however many searches it is made of. */
const requestsAtOnce = 10;

/** Where a listing goes on: after which id, and how many repositories each search had up to it, by its id. */
interface Position {
  readonly after: number;
  readonly taken: Readonly<Record<string, number>>;
}

export interface RepositoryListingOptions extends ListingContext {
  readonly ownToken: OwnToken;
  readonly apiUrl: string;
  readonly query: RepositoryQuery;
  readonly call: CallOptions;
  readonly clock: Pick<Clock, 'now'>;
}

/** Lists what the account owns, collaborates on, and reaches through its organizations, in the order of ids. */
export function listRepositories(
  options: RepositoryListingOptions,
): AsyncIterableIterator<Page<Repository>, undefined> {
  return leavable(options.call.signal, (signal) => list({ ...options, call: { ...options.call, signal } }));
}

async function* list({
  ownToken,
  apiUrl,
  get,
  pageSize,
  query,
  call,
  clock,
}: RepositoryListingOptions): AsyncGenerator<Page<Repository>, undefined> {
  const { organizations = [], patterns = [], resume } = query;
  const filter = createPathFilter(patterns);
  const isWhole = organizations.length === 0 && patterns.length === 0;
  const inSlot = createSlots(requestsAtOnce);
  const context: ListingContext = { get: inTurn(get, inSlot), pageSize };

  const user = await readUser(context.get, call);
  const listing = JSON.stringify(['repositories by id', 2, apiUrl, user.id, organizations, patterns]);
  const name = { provider, listing };
  const { position } =
    resume === undefined ? { position: { after: 0, taken: {} } } : openCheckpoint<Position>(name, resume);
  const [selection] = await Promise.all([
    selectOrganizations(context.get, organizations, call),
    mustNotBePublicOnly(context.get, ownToken(context, call, user), call),
  ]);
  const sources = await findSources(context, user, selection, call);
  const streams = sources.map((source) => {
    const seen = position.taken[source.id] ?? 0;
    return new RepositoryStream({
      ...context,
      source,
      position: { after: position.after, seen },
      call,
      clock,
    });
  });

  for (let { after } = position, isLast = false; !isLast;) {
    const open = streams.filter(({ isOver }) => !isOver);
    await Promise.all(open.map((stream) => stream.fill()));
    const upTo = Math.min(...streams.map(({ knownUpTo }) => knownUpTo));
    const askedAt = earliest(open.map((stream) => stream.askedAt));
    const rows = merge(streams.map((stream) => stream.take(upTo)));
    after = rows.at(-1)?.id ?? after;
    isLast = streams.every(({ isOver }) => isOver);
    const taken = Object.fromEntries(streams.map((stream) => [stream.id, stream.taken]));
    yield {
      items: rows
        .filter(({ owner, full_name: path }) => selection.includes(owner) && filter.includes(path))
        .map(toRepository),
      omitted: selection.omitted,
      total: isWhole && streams.length === 1 ? streams[0]?.total : undefined,
      resume: isLast ? undefined : sealCheckpoint(name, { position: { after, taken } }),
      ...(askedAt && { askedAt }),
    };
  }
  return undefined;
}

function inTurn(get: Get, inSlot: ReturnType<typeof createSlots>): Get {
  return (request, call) => inSlot(() => get(request, call));
}

/** In the order of ids; what several searches have found, once. */
function merge(found: readonly (readonly RepositoryWire[])[]): readonly RepositoryWire[] {
  const byId = new Map(found.flat().map((row) => [row.id, row]));
  return [...byId.values()].sort((one, other) => one.id - other.id);
}

function earliest(dates: readonly (Date | undefined)[]): Date | undefined {
  const times = dates.flatMap((date) => date?.getTime() ?? []);
  return times.length === 0 ? undefined : new Date(Math.min(...times));
}
