import type { SimulatedResponse } from '../http/message.js';
import { toBytes, toText } from '../http/message.js';
import { refusals } from './refusal.js';

/** Something that is listed, at its place among all there is, listed or not. */
export interface Placed<Item> {
  readonly index: number;
  readonly item: Item;
}

/**
 * What a page's start counts: places among all there is, so that those that are not shown leave gaps, or places among
 * those that are shown. Which of them Bitbucket does is not documented, but that starts must not be calculated.
 */
export type StartCounting = 'all' | 'shown';

export interface PageRequest {
  readonly start: number;
  readonly limit: number;
}

const defaultLimit = 25;

/** @throws Refusal for what is no number */
export function pageRequest(query: URLSearchParams, mostPerPage: number): PageRequest {
  const limit = natural(query, 'limit') ?? defaultLimit;
  return { start: natural(query, 'start') ?? 0, limit: Math.min(Math.max(limit, 1), mostPerPage) };
}

/**
 * One page as JSON. It has no total, and tells where the next one begins.
 * @see https://developer.atlassian.com/server/bitbucket/rest/latest/intro/#paged-apis
 */
export function pageJson<Item>(
  rows: readonly Placed<Item>[],
  { start, limit }: PageRequest,
  toJson: (item: Item) => string,
): string {
  const from = firstAt(rows, start);
  const values = rows.slice(from, from + limit).map(({ item }) => toJson(item));
  const next = rows[from + limit];
  const way = next === undefined ? '"isLastPage":true' : `"isLastPage":false,"nextPageStart":${next.index}`;
  return `{"size":${values.length},"limit":${limit},${way},"values":[${values.join(',')}],"start":${start}}`;
}

/** Places for what is shown of a list of all there is. */
export function placed<Item>(
  all: Iterable<Item>,
  isShown: (item: Item) => boolean,
  counting: StartCounting,
): readonly Placed<Item>[] {
  const rows: Placed<Item>[] = [];
  let index = 0;
  for (const item of all) {
    if (isShown(item)) rows.push({ index: counting === 'all' ? index : rows.length, item });
    index += 1;
  }
  return rows;
}

/** The answer with another start as its next page: that of the address, or the beginning. */
export function withNextStart(response: SimulatedResponse, url: string): SimulatedResponse {
  const { body, ...rest } = toText(response);
  const page: unknown = JSON.parse(body);
  const start = Number(new URL(url).searchParams.get('start') ?? 0);
  const fields = typeof page === 'object' ? page : {};
  return toBytes({ ...rest, body: JSON.stringify({ ...fields, isLastPage: false, nextPageStart: start }) });
}

/** The first row at a place or behind it. */
function firstAt(rows: readonly Placed<unknown>[], place: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle]?.index ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

function natural(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw refusals.badParameter(name, text);
  return Number(text);
}
