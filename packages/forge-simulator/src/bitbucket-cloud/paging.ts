import type { SimulatedResponse } from '../http/message.js';
import { refusals } from './refusal.js';

/**
 * How pages name the next one: by its number, or by a cursor that only Bitbucket understands. Which listings do which
 * is not documented: `next` is to be followed as it is.
 */
export type PageNaming = 'numbers' | 'cursors';

export interface PagingHabits {
  readonly naming: PageNaming;
  /** Whether pages tell the size of the whole listing, which is optional. */
  readonly tellsSize: boolean;
}

interface PageRequest {
  readonly page: number;
  readonly pageLength: number;
}

const defaultPageLength = 10;
const longestPage = 100;

/**
 * One page as Bitbucket's body tells it.
 * @param address of the listing, without its query
 * @throws Refusal for a page or a length that is none
 * @see https://developer.atlassian.com/cloud/bitbucket/rest/intro/#pagination
 */
export function pageBody<Item>(
  items: readonly Item[],
  toWire: (item: Item) => object,
  { address, query, habits }: { address: string; query: URLSearchParams; habits: PagingHabits },
): object {
  const { page, pageLength } = readPageRequest(query);
  const start = (page - 1) * pageLength;
  const to = (number: number): string => `${address}?${pageQuery(query, number, habits.naming)}`;
  return {
    values: items.slice(start, start + pageLength).map(toWire),
    pagelen: pageLength,
    ...(habits.tellsSize ? { size: items.length } : {}),
    ...(habits.naming === 'numbers' ? { page } : {}),
    ...(start + pageLength < items.length ? { next: to(page + 1) } : {}),
    ...(page > 1 ? { previous: to(page - 1) } : {}),
  };
}

/** The answer with another address as its next page. */
export function withNextPage(response: SimulatedResponse, url: string): SimulatedResponse {
  const body: unknown = JSON.parse(response.body.toString('utf8'));
  return { ...response, body: Buffer.from(JSON.stringify(Object.assign({}, body, { next: url }))) };
}

function pageQuery(query: URLSearchParams, page: number, naming: PageNaming): string {
  const parameters = new URLSearchParams(query);
  parameters.delete('page');
  parameters.delete('ctx');
  if (naming === 'numbers') parameters.set('page', String(page));
  else parameters.set('ctx', Buffer.from(`page ${page}`).toString('base64url'));
  return parameters.toString();
}

function readPageRequest(query: URLSearchParams): PageRequest {
  const pageLength = positive(query.get('pagelen') ?? String(defaultPageLength));
  if (pageLength === undefined || pageLength > longestPage) throw refusals.invalidPageLength();
  const cursor = query.get('ctx');
  const named = cursor === null ? query.get('page') : readCursor(cursor);
  const page = positive(named ?? '1');
  if (page === undefined) throw refusals.invalidPage();
  return { page, pageLength };
}

function readCursor(cursor: string): string {
  return Buffer.from(cursor, 'base64url')
    .toString('utf8')
    .replace(/^page /, '');
}

function positive(text: string): number | undefined {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  return number > 0 ? number : undefined;
}
