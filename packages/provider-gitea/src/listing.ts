import type { CallOptions, StandardSchema } from '@anyforge/core';
import type { Get } from './api.js';
import { readGoesOn, readTotal } from './api.js';
import { keepsMoving, walkWindows } from './window-walk.js';

export interface ListRequest<Row> {
  /** Names the answer for people: 'the organizations'. */
  readonly what: string;
  /** Below the API's address. */
  readonly path: string;
  readonly schema: StandardSchema<readonly Row[]>;
  readonly idOf: (row: Row) => string;
}

/** A page of rows that no page before it had. */
export interface ListedRows<Row> {
  readonly rows: readonly Row[];
  readonly total: number | undefined;
}

/** What every listing is read with. */
export interface ListingContext {
  readonly get: Get;
  /** How many items a page may have. */
  readonly pageSize: (call: CallOptions) => Promise<number>;
}

/** How often a listing is read whose items change places meanwhile. */
const mostReadings = 4;

/**
 * Reads a listing page by page, every row once, whatever is its order. Sorted by names, or by nothing, an item may move
 * back past the reader: so at the end there must have been as many as the listing had all the while, or it is read again.
 *
 * @throws ProviderError `unavailable` when it changes through four readings
 */
export async function* listRows<Row>(
  context: ListingContext,
  request: ListRequest<Row>,
  call: CallOptions,
): AsyncGenerator<ListedRows<Row>, undefined> {
  const given = new Set<string>();
  for (let reading = 1; reading <= mostReadings; reading += 1) {
    const found = new Set<string>();
    const totals = new Set<number | undefined>();
    for await (const { rows, total } of readOnce(context, request, found, call)) {
      totals.add(total);
      const fresh = rows.filter((row) => !given.has(request.idOf(row)));
      for (const row of fresh) given.add(request.idOf(row));
      yield { rows: fresh, total };
    }
    const [total, ...others] = totals;
    if (others.length === 0 && (total ?? found.size) === found.size) return undefined;
  }
  throw keepsMoving();
}

/** @param found takes the ids of what is there */
function readOnce<Row>(
  { get, pageSize }: ListingContext,
  { what, path, schema, idOf }: ListRequest<Row>,
  found: Set<string>,
  call: CallOptions,
): AsyncIterable<ListedRows<Row>> {
  return walkWindows<Row>({
    load: async ({ page, limit }, pageCall) => {
      const { data, headers } = await get({ what, path, query: { page, limit }, schema }, pageCall);
      return { rows: data, total: readTotal(headers), goesOn: readGoesOn(headers) };
    },
    isKnown: (row) => found.has(idOf(row)),
    remember: (row) => {
      found.add(idOf(row));
    },
    pageSize,
    call,
  });
}
