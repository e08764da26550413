import { ProviderError } from '@anyforge/core';
import type { PageAnswer } from '@anyforge/provider-kit';
import { readOffsetPage } from '@anyforge/provider-kit';
import { provider } from './host.js';
import type { PageWire } from './wire.js';

/** The most that Bitbucket gives. */
const pageLength = 100;

/** The address of a listing's first page. */
export function firstPage(path: string, parameters: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({ ...parameters, pagelen: String(pageLength) });
  return `${path}?${query.toString()}`;
}

/** `fields=` for a listing of values with these fields, with all that leads to the other pages. */
export function fieldsOf(fields: readonly string[]): string {
  return ['next', 'page', 'pagelen', 'size', ...fields.map((field) => `values.${field}`)].join(',');
}

/**
 * Reads the way on from a page: positions are addresses. `next` is followed as it is; where it differs from the page
 * that it came with in nothing but the number, and the size of the listing is told, all pages are known.
 *
 * @param url of the page, whole
 * @throws ProviderError `invalid_response` when `next` leads to another origin than that of the API
 * @see https://developer.atlassian.com/cloud/bitbucket/rest/intro/#pagination
 */
export function readBodyPage(url: string, page: PageWire<unknown>): PageAnswer<string> {
  const total = page.size ?? undefined;
  if (page.next === undefined || page.next === null || page.next === '') return { total };
  const next = follow(page.next, url);
  return { next: next.href, rest: restOf(next, page), total };
}

function restOf(
  next: URL,
  { page, pagelen, size, values }: PageWire<unknown>,
): readonly string[] | undefined {
  if (typeof page !== 'number' || typeof pagelen !== 'number' || typeof size !== 'number') return undefined;
  if (next.searchParams.get('page') !== String(page + 1)) return undefined;
  const { rest } = readOffsetPage(provider, {
    page,
    perPage: pagelen,
    count: values.length,
    total: size,
    hasNext: true,
  });
  return rest?.map((number) => withPage(next, number));
}

function withPage(url: URL, page: number): string {
  const other = new URL(url);
  other.searchParams.set('page', String(page));
  return other.href;
}

function follow(next: string, url: string): URL {
  if (URL.canParse(next, url) && new URL(next, url).origin === new URL(url).origin) return new URL(next, url);
  throw new ProviderError(
    'invalid_response',
    'Bitbucket links to the next page at a place that is not its own.',
    {
      provider,
      repair: { text: 'Check the API URL.' },
    },
  );
}
