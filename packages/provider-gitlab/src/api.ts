import type { CallOptions } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { Transport } from '@anyforge/provider-kit';
import type { GitlabHost } from './host.js';
import { createRequester } from './requester.js';

/** Parameters of a request; those that are undefined are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface ApiAnswer {
  readonly data: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** Asks GitLab for something: `path` is below the API's address, or a whole address. */
export type Get = (path: string, query?: Query, call?: CallOptions) => Promise<ApiAnswer>;

export function createGet(host: GitlabHost, transport: Transport): Get {
  const service = { url: `${host.apiUrl}/`, headers: {}, authHeaders: {} };
  return async (path, query = {}, call = {}) => {
    const requester = createRequester(transport, call)(service);
    const { body, headers } = await requester.get(path.replace(/^\//, ''), { searchParams: { ...query } });
    if (isSame(nextLink(headers['link']), query)) throw endless();
    return { data: body, headers };
  };
}

/**
 * Links are not followed, since GitLab makes them of its own settings: what is looked at is their query alone. Where
 * the next page is the one that was asked for, whoever answers does not read what is asked.
 */
function nextLink(link: string | undefined): URLSearchParams | undefined {
  const target = /<([^<>]*)>\s*;\s*rel="?next"?/.exec(link ?? '')?.[1];
  return target === undefined ? undefined : new URLSearchParams(target.split('?')[1] ?? '');
}

function isSame(link: URLSearchParams | undefined, query: Query): boolean {
  if (link === undefined) return false;
  const asked = Object.entries(query).filter(([, value]) => value !== undefined);
  const repeated = asked.every(([name, value]) => link.get(name) === String(value));
  return repeated && (link.get('page') ?? '1') === String(query['page'] ?? 1);
}

function endless(): ProviderError {
  return new ProviderError('invalid_response', 'The pages of this listing lead in a circle.', {
    provider: 'gitlab',
    repair: {
      text: 'Nothing was lost, but GitLab, or a proxy before it, is at fault. Tell whoever runs it.',
    },
  });
}

/**
 * Whether a listing goes on after a page, by `X-Next-Page`, which is empty on the last one. Undefined where a proxy has
 * taken the header away.
 *
 * @see https://docs.gitlab.com/api/rest/#other-pagination-headers
 */
export function hasNextPage({ headers }: ApiAnswer): boolean | undefined {
  const next = headers['x-next-page'];
  return next === undefined ? undefined : next !== '';
}

/** How many items a listing has; GitLab does not count more than 10,000. */
export function readTotal({ headers }: ApiAnswer): number | undefined {
  const total = headers['x-total'] ?? '';
  return /^\d+$/.test(total) ? Number(total) : undefined;
}
