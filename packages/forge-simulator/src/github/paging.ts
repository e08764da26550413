export interface PageRequest {
  readonly page: number;
  readonly perPage: number;
}

const defaultPerPage = 30;
const maximumPerPage = 100;

/** Reads `page` and `per_page` as leniently as GitHub: what makes no sense is the default, what is too much is capped. */
export function pageRequest(query: URLSearchParams): PageRequest {
  const perPage = positive(query.get('per_page')) ?? defaultPerPage;
  return { page: positive(query.get('page')) ?? 1, perPage: Math.min(perPage, maximumPerPage) };
}

/** The `Link` header of a page, absent where everything fits on one. `address` is the listing's canonical one. */
export function linkHeader(
  address: string,
  query: URLSearchParams,
  { page, perPage }: PageRequest,
  total: number,
): Readonly<Record<string, string>> {
  const last = Math.max(1, Math.ceil(total / perPage));
  const to = (number: number, relation: string): string => {
    const parameters = new URLSearchParams(query);
    parameters.set('page', String(number));
    return `<${address}?${parameters.toString()}>; rel="${relation}"`;
  };
  const links: string[] = [];
  if (page > 1) links.push(to(Math.min(page - 1, last), 'prev'));
  if (page < last) links.push(to(page + 1, 'next'));
  // Beyond the end GitHub still says which page is the last.
  if (page !== last) links.push(to(last, 'last'));
  if (page > 1) links.push(to(1, 'first'));
  return links.length === 0 ? {} : { link: links.join(', ') };
}

function positive(text: string | null): number | undefined {
  if (text === null || !/^\d+$/.test(text)) return undefined;
  const number = Number(text);
  return number > 0 && Number.isSafeInteger(number) ? number : undefined;
}
