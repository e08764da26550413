import type { CallOptions, StandardSchema } from '@anyforge/core';
import type { Get } from './api.js';
import { readTotal } from './api.js';
import { walkWindows } from './window-walk.js';

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

/** Reads a listing page by page, every row once, whatever is its order. */
export async function* listRows<Row>(
  { get, pageSize }: ListingContext,
  { what, path, schema, idOf }: ListRequest<Row>,
  call: CallOptions,
): AsyncGenerator<ListedRows<Row>, undefined> {
  const known = new Set<string>();
  yield* walkWindows<Row>({
    load: async ({ page, limit }, pageCall) => {
      const { data, headers } = await get({ what, path, query: { page, limit }, schema }, pageCall);
      return { rows: data, total: readTotal(headers) };
    },
    isKnown: (row) => known.has(idOf(row)),
    remember: (row) => {
      known.add(idOf(row));
    },
    pageSize,
    call,
  });
  return undefined;
}
