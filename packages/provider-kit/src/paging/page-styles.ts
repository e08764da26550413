import { ProviderError } from '@anyforge/core';

/** What one answer tells of the pages after it: the part of a `LoadedPage` that is not its items. */
export interface PageAnswer<Position> {
  readonly next?: Position | undefined;
  readonly rest?: readonly Position[] | undefined;
  readonly total?: number | undefined;
}

/** Above this, pages are walked one by one: a forge gone mad shall not have us write down billions of positions. */
const mostKnownPages = 100_000;

/**
 * Reads a page of the `Link` style (GitHub, GitLab, Gitea): positions are URLs. Where `next` and `last` differ in
 * nothing but the number of the page, all pages between them are known.
 *
 * @param answer `url`: of the answer; `link`: its `Link` header; `total`: the header that tells the total, if any
 * @throws ProviderError `invalid_response` when a link leads to another origin than the answer came from
 * @see https://www.rfc-editor.org/rfc/rfc8288
 */
export function readLinkPage(
  provider: string,
  answer: {
    readonly url: string;
    readonly link: string | null | undefined;
    readonly total?: string | null | undefined;
  },
): PageAnswer<string> {
  const links = parseLinks(answer.link ?? '');
  const next = follow(provider, links.get('next'), answer.url);
  const last = follow(provider, links.get('last'), answer.url);
  return {
    next: next?.href,
    rest: next && last && pagesBetween(next, last),
    total: answer.total && /^\d+$/.test(answer.total) ? Number(answer.total) : undefined,
  };
}

/**
 * The number of the last page that a `Link` header tells: with one item a page, the number of items. Undefined where it
 * tells none, as on the last page itself.
 *
 * @param answer as of `readLinkPage`
 * @throws ProviderError `invalid_response` as `readLinkPage` does
 */
export function readLastPage(
  provider: string,
  { url, link }: { readonly url: string; readonly link: string | null | undefined },
): number | undefined {
  const last = follow(provider, parseLinks(link ?? '').get('last'), url);
  return last && pageOf(last);
}

/**
 * Reads a page of the cursor style (GraphQL, a `next` in the body): positions are what the forge says.
 *
 * @throws ProviderError `invalid_response` when there is more but no cursor to it
 */
export function readCursorPage(
  provider: string,
  answer: {
    readonly cursor: string | null | undefined;
    /** Absent: there is more if there is a cursor. */
    readonly hasNext?: boolean | undefined;
    readonly total?: number | null | undefined;
  },
): PageAnswer<string> {
  const cursor = answer.cursor === '' ? undefined : (answer.cursor ?? undefined);
  const total = answer.total ?? undefined;
  if (answer.hasNext === true && cursor === undefined) throw noWayOn(provider);
  return answer.hasNext === false ? { total } : { next: cursor, total };
}

/**
 * Reads a page of the page-number style: positions are numbers, from 1. With a total all pages are known, as long as
 * the pages are as full as it says. One that is not may be capped, or its listing may have changed: from there the
 * listing goes on page by page, beyond the total until a page is empty.
 *
 * @param answer `perPage`: what the forge really used, as its answer tells; many cap what was asked for
 * @throws ProviderError `invalid_response` for pages without room, and far beyond the total: a forge that ignores the
 * number of the page would be asked for ever
 */
export function readOffsetPage(
  provider: string,
  answer: {
    readonly page: number;
    readonly perPage: number;
    /** How many items this page has. */
    readonly count: number;
    readonly total?: number | null | undefined;
    /** Whether the forge says that there is another page, where it does; then it is believed beyond the total. */
    readonly hasNext?: boolean | undefined;
  },
): PageAnswer<number> {
  const { page, perPage, count, hasNext } = answer;
  const total = answer.total ?? undefined;
  const next = page + 1;
  if (perPage < 1) throw noWayOn(provider);
  if (total === undefined) return { next: (hasNext ?? count >= perPage) ? next : undefined };
  const last = Math.ceil(total / perPage);
  if (page > farBeyond(last)) throw noEnd(provider);
  const isAsFullAsTold = count === Math.min(perPage, Math.max(0, total - (page - 1) * perPage));
  if (page >= last) {
    const goesOn = hasNext ?? (count > 0 && !isAsFullAsTold);
    return { next: goesOn ? next : undefined, total };
  }
  return { next, rest: isAsFullAsTold && last <= mostKnownPages ? numbers(next, last) : undefined, total };
}

/**
 * Reads a page of Bitbucket Data Center: positions are starts, which the forge alone knows.
 *
 * @throws ProviderError `invalid_response` when it says that there is more but not where
 * @see https://developer.atlassian.com/server/bitbucket/rest/latest/intro/#paged-apis
 */
export function readStartPage(
  provider: string,
  answer: { readonly isLastPage: boolean; readonly nextPageStart?: number | null | undefined },
): PageAnswer<number> {
  if (answer.isLastPage) return {};
  if (typeof answer.nextPageStart !== 'number') throw noWayOn(provider);
  return { next: answer.nextPageStart };
}

/** How far a listing may have grown, or its pages be capped, since the total was told. */
function farBeyond(last: number): number {
  return 10 * last + 10;
}

function noEnd(provider: string): ProviderError {
  return new ProviderError('invalid_response', 'The list goes on far beyond the total that was told.', {
    provider,
    repair: {
      text: 'Nothing was lost. Tell whoever runs the server that answers there, or a proxy before it.',
    },
  });
}

function noWayOn(provider: string): ProviderError {
  return new ProviderError('invalid_response', 'The list goes on, but the answer does not say where.', {
    provider,
  });
}

/** Each relation with its target; of two with one name the first counts. */
function parseLinks(header: string): ReadonlyMap<string, string> {
  const links = new Map<string, string>();
  for (const [, target, parameters] of header.matchAll(/<([^<>]*)>((?:\s*;[^,;"]*(?:"[^"]*")?)*)/g)) {
    const [, quoted, bare] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(parameters ?? '') ?? [];
    for (const relation of (quoted ?? bare ?? '').toLowerCase().split(/\s+/)) {
      if (target !== undefined && relation !== '' && !links.has(relation)) links.set(relation, target);
    }
  }
  return links;
}

function follow(provider: string, target: string | undefined, base: string): URL | undefined {
  if (target === undefined) return undefined;
  const url = URL.canParse(target, base) ? new URL(target, base) : undefined;
  if (url?.origin === new URL(base).origin) return url;
  throw new ProviderError('invalid_response', 'The next page of the list is said to be at another address.', {
    provider,
    repair: {
      text: 'Compare the address here with the external URL in the settings of the server that answers there.',
    },
  });
}

function pagesBetween(next: URL, last: URL): readonly string[] | undefined {
  const from = pageOf(next);
  const to = pageOf(last);
  if (from === undefined || to === undefined || to < from || to - from >= mostKnownPages) return undefined;
  const end = withPage(last, to);
  if (withPage(next, to) !== end) return undefined;
  const [before, after] = end.split(/(?<=[?&]page=)\d+(?=&|#|$)/);
  return numbers(from, to).map((page) => `${before}${page}${after}`);
}

function pageOf(url: URL): number | undefined {
  const page = url.searchParams.get('page') ?? '';
  return /^\d{1,15}$/.test(page) ? Number(page) : undefined;
}

function withPage(url: URL, page: number): string {
  const other = new URL(url);
  other.searchParams.set('page', String(page));
  return other.href;
}

function numbers(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
