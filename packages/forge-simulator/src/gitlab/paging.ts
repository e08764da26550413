import type { Parameters } from './parameters.js';
import { refusals } from './refusal.js';

export interface PageRequest {
  readonly page: number;
  readonly perPage: number;
}

/** What the address of a page is made from. */
export interface PageAddress {
  /** Without a query. */
  readonly url: string;
  /** What the endpoint assumes where nothing is asked, and repeats in every address. */
  readonly defaults: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

const defaultPerPage = 20;
const maximumPerPage = 100;
/** Above it GitLab stops counting. */
const countedAtMost = 10_000;

/** Reads `page` and `per_page`: what is too much is capped, what is too little is the first page. @throws Refusal */
export function pageRequest(parameters: Parameters): PageRequest {
  const perPage = parameters.integer('per_page') ?? defaultPerPage;
  if (perPage === 0) throw refusals.notAllowed('per_page');
  return {
    page: Math.max(1, parameters.integer('page') ?? 1),
    perPage: perPage < 0 ? defaultPerPage : Math.min(perPage, maximumPerPage),
  };
}

/**
 * The headers of a numbered page: of a listing too long to count, without its end.
 * @see https://docs.gitlab.com/api/rest/#offset-based-pagination
 */
export function offsetHeaders(
  address: PageAddress,
  { page, perPage }: PageRequest,
  total: number,
): Record<string, string> {
  const pages = Math.max(1, Math.ceil(total / perPage));
  const counted = total <= countedAtMost;
  const next = page < pages ? page + 1 : undefined;
  const previous = page > 1 ? page - 1 : undefined;
  const to = (number: number | undefined, relation: string): string[] =>
    number === undefined ? [] : [`<${addressOf(address, number, perPage)}>; rel="${relation}"`];
  return {
    'x-per-page': String(perPage),
    'x-page': String(page),
    'x-next-page': String(next ?? ''),
    'x-prev-page': String(previous ?? ''),
    link: [
      ...to(previous, 'prev'),
      ...to(next, 'next'),
      ...to(1, 'first'),
      ...to(counted ? pages : undefined, 'last'),
    ].join(', '),
    ...(counted ? { 'x-total': String(total), 'x-total-pages': String(pages) } : {}),
  };
}

/**
 * The header of a page that goes on after an id. Every page that has anything has it: only an empty one is the end.
 * @see https://docs.gitlab.com/api/rest/#keyset-based-pagination
 */
export function keysetHeaders(
  { url, query }: Pick<PageAddress, 'url' | 'query'>,
  lastId: number | undefined,
  direction: 'asc' | 'desc',
): Record<string, string> {
  if (lastId === undefined) return {};
  const parameters = new URLSearchParams(query);
  parameters.set(direction === 'asc' ? 'id_after' : 'id_before', String(lastId));
  return { link: `<${url}?${parameters.toString()}>; rel="next"` };
}

function addressOf({ url, defaults, query }: PageAddress, page: number, perPage: number): string {
  const parameters = new URLSearchParams({
    ...defaults,
    ...Object.fromEntries(query),
    page: String(page),
    per_page: String(perPage),
  });
  parameters.sort();
  return `${url}?${parameters.toString()}`;
}
