import type { CallOptions, StandardSchema } from '@anyforge/core';
import type { Get } from './api.js';
import { readGoesOn, readTotal } from './api.js';
import type { LoadedWindow } from './loaded-window.js';
import { isEnd, isWhole } from './loaded-window.js';
import { keepsMoving, MiscountedError, walkWindows } from './window-walk.js';

export interface ListRequest<Row> {
  /** Names the answer for people: 'the organizations'. */
  readonly what: string;
  /** Below the API's address. */
  readonly path: string;
  readonly schema: StandardSchema<readonly Row[]>;
  readonly idOf: (row: Row) => string;
  /** How far its total is believed: always, where nothing is said. */
  readonly believesTotal?: 'always' | 'while it fits' | 'never' | undefined;
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

/** How often a listing is read, in all. */
const mostReadings = 4;

/** What one reading has found. */
interface Reading {
  readonly ids: ReadonlySet<string>;
  /** Those of its pages; one alone where it was the same all the while. */
  readonly totals: ReadonlySet<number | undefined>;
}

/**
 * Reads a listing page by page, every row once, whatever is its order. Sorted by names, or by nothing, an item may move
 * back past the reader: so at the end there must have been as many as the listing had all the while, or it is read again.
 *
 * @throws ProviderError `unavailable` when it changes through four readings, MiscountedError when a page does not fit a
 * total that is believed while it fits
 */
export async function* listRows<Row>(
  context: ListingContext,
  request: ListRequest<Row>,
  call: CallOptions,
): AsyncGenerator<ListedRows<Row>, undefined> {
  const given = new Set<string>();
  let before: Reading | undefined;
  for (let count = 1; count <= mostReadings; count += 1) {
    const found = new Set<string>();
    const totals = new Set<number | undefined>();
    for await (const { rows, total } of readOnce(context, request, found, call)) {
      totals.add(total);
      const fresh = rows.filter((row) => !given.has(request.idOf(row)));
      for (const row of fresh) given.add(request.idOf(row));
      yield { rows: fresh, total };
    }
    const reading = { ids: found, totals };
    if (isProven(reading, before)) return undefined;
    before = reading;
  }
  throw keepsMoving();
}

/**
 * Whether it has as many as the listing had all the while. Where no total is told, or it counts what can't be told apart,
 * as accounts that are gone, two readings in a row must have found the same.
 */
function isProven({ ids, totals }: Reading, before: Reading | undefined): boolean {
  const [total, ...others] = totals;
  if (others.length > 0) return false;
  if (total === ids.size) return true;
  if (before === undefined || before.totals.size > 1 || !before.totals.has(total)) return false;
  return before.ids.size === ids.size && [...ids].every((id) => before.ids.has(id));
}

/** Whether it has as many rows as its total says. A page that is full shows that only where another follows. */
function fits<Row>(loaded: LoadedWindow<Row>): boolean {
  return isWhole(loaded) && (loaded.rows.length < loaded.window.limit || !isEnd(loaded));
}

/** @param found takes the ids of what is there */
function readOnce<Row>(
  { get, pageSize }: ListingContext,
  { what, path, schema, idOf, believesTotal = 'always' }: ListRequest<Row>,
  found: Set<string>,
  call: CallOptions,
): AsyncIterable<ListedRows<Row>> {
  return walkWindows<Row>({
    load: async (window, pageCall) => {
      const { page, limit } = window;
      const { data: rows, headers } = await get({ what, path, query: { page, limit }, schema }, pageCall);
      // Links are made of the total.
      if (believesTotal === 'never') return { rows, total: undefined, goesOn: undefined };
      const loaded = { rows, total: readTotal(headers), goesOn: readGoesOn(headers) };
      if (believesTotal === 'while it fits' && !fits({ ...loaded, window })) throw new MiscountedError();
      return loaded;
    },
    isKnown: (row) => found.has(idOf(row)),
    remember: (row) => {
      found.add(idOf(row));
    },
    pageSize,
    call,
  });
}
