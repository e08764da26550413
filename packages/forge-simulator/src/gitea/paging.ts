/** How many items a page holds: at most, and where nothing is asked. */
export interface PageSizes {
  readonly maximum: number;
  readonly usual: number;
}

export interface PageRequest {
  readonly page: number;
  readonly limit: number;
}

/** Reads `page` and `limit`: what makes no sense counts as not given, and what is too much is capped without a word. */
export function pageRequest(query: URLSearchParams, { maximum, usual }: PageSizes): PageRequest {
  const limit = integer(query.get('limit'));
  return {
    page: Math.max(1, integer(query.get('page'))),
    limit: limit <= 0 ? usual : Math.min(limit, maximum),
  };
}

/** @param address of this listing, whatever its page, with an instance's own address in front */
export function linkHeader(
  address: string,
  query: URLSearchParams,
  { page, limit }: PageRequest,
  total: number,
): Record<string, string> {
  const pages = Math.ceil(total / limit);
  // Whoever asks for a page beyond the end is told of the links of the last one.
  const current = Math.max(1, Math.min(page, pages));
  const hasNext = current * limit < total;
  const links: readonly (readonly [string, number | undefined])[] = [
    ['next', hasNext ? current + 1 : undefined],
    ['last', hasNext ? pages : undefined],
    ['first', current > 1 ? 1 : undefined],
    ['prev', current > 1 ? current - 1 : undefined],
  ];
  const told = links.flatMap(([relation, number]) =>
    number === undefined ? [] : [`<${addressOf(address, query, number)}>; rel="${relation}"`],
  );
  return told.length === 0 ? {} : { link: told.join(',') };
}

function addressOf(address: string, query: URLSearchParams, page: number): string {
  const parameters = new URLSearchParams(query);
  parameters.set('page', String(page));
  parameters.sort();
  return `${address}?${parameters.toString()}`;
}

function integer(text: string | null): number {
  const number = /^-?\d+$/.test(text ?? '') ? Number(text) : 0;
  return Number.isSafeInteger(number) ? number : 0;
}
