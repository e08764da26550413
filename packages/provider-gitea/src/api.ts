import type { CallOptions, StandardSchema } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { Transport } from '@anyforge/provider-kit';
import { parseAnswer, readJson } from '@anyforge/provider-kit';
import type { GiteaHost } from './host.js';

export const provider = 'gitea';

/** Parameters of a request. */
export type Query = Readonly<Record<string, string | number>>;

interface ApiAnswer<T> {
  readonly data: T;
  readonly headers: Headers;
}

export interface GetRequest<T> {
  /** Names the answer for people: 'the repositories'. */
  readonly what: string;
  /** Below the API's address. */
  readonly path: string;
  readonly query?: Query | undefined;
  readonly schema: StandardSchema<T>;
}

/** Asks Gitea's API for something. */
export type Get = <T>(request: GetRequest<T>, call: CallOptions) => Promise<ApiAnswer<T>>;

export function createGet({ apiUrl }: GiteaHost, transport: Transport): Get {
  return async ({ what, path, query = {}, schema }, call) => {
    const search = toSearch(query);
    const response = await transport.fetch(call)(`${apiUrl}${path}${search}`, {
      headers: { accept: 'application/json' },
    });
    const data = parseAnswer(provider, what, schema, await readJson(response));
    mustLeadOn(query['page'], response.headers);
    return { data, headers: response.headers };
  };
}

/** How many items a listing has. */
export function readTotal(headers: Headers): number | undefined {
  const total = headers.get('x-total-count') ?? '';
  return /^\d+$/.test(total) ? Number(total) : undefined;
}

/** Whether another page follows, as `Link` has it; undefined without it, as where all is on one page. */
export function readGoesOn(headers: Headers): boolean | undefined {
  const link = headers.get('link') ?? '';
  if (relation('next').test(link)) return true;
  return relation('prev').test(link) ? false : undefined;
}

function relation(name: string): RegExp {
  return new RegExp(`;\\s*rel="?${name}\\b`);
}

function toSearch(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) parameters.set(name, String(value));
  return parameters.size === 0 ? '' : `?${parameters.toString()}`;
}

/**
 * Links are not followed, since Gitea makes them of its own settings. Where the next page is the one that was asked for,
 * whoever answers does not read what is asked.
 */
function mustLeadOn(asked: Query[string] | undefined, headers: Headers): void {
  const next = /<[^<>]*[?&]page=(\d+)[^<>]*>\s*;\s*rel="?next"?/.exec(headers.get('link') ?? '')?.[1];
  if (next === undefined || asked === undefined || Number(next) > Number(asked)) return;
  throw new ProviderError('invalid_response', 'The pages of this listing lead in a circle.', {
    provider,
    repair: {
      text: 'Nothing was lost, but Gitea, or a proxy before it, is at fault. Tell whoever runs it.',
    },
  });
}
