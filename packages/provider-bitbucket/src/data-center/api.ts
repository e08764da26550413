import type { CallOptions, StandardSchema } from '@anyforge/core';
import type { Transport } from '@anyforge/provider-kit';
import { parseAnswer, readJson, readStartPage } from '@anyforge/provider-kit';
import type { BitbucketDataCenterHost } from './host.js';
import { idsWire, pageWire } from './wire.js';

export const provider = 'bitbucket-data-center';

/** Parameters of a request; those that are undefined are left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

interface ApiAnswer<T> {
  readonly data: T;
  readonly headers: Headers;
}

/** What is listed, and its id. */
export interface Listed {
  readonly id: number;
  readonly wire: unknown;
}

/** One page as Bitbucket gave it. */
export interface StartPage {
  readonly start: number;
  /** What Bitbucket really used, which may be less than was asked for. */
  readonly limit: number;
  readonly values: readonly Listed[];
  /** Where the next page begins; undefined on the last one. */
  readonly next: number | undefined;
}

/** What a page is asked to hold; most resources allow no more. */
const pageSize = 1_000;

/** Bitbucket's REST API, a request at a time. */
export interface BitbucketDataCenterApi {
  /** @param what names the answer for people */
  get<T>(
    what: string,
    path: string,
    schema: StandardSchema<T>,
    call: CallOptions,
    query?: Query,
  ): Promise<ApiAnswer<T>>;
  page(what: string, path: string, query: Query, start: number, call: CallOptions): Promise<StartPage>;
}

export function createApi(host: BitbucketDataCenterHost, transport: Transport): BitbucketDataCenterApi {
  const api: BitbucketDataCenterApi = {
    async get(what, path, schema, call, query = {}) {
      const response = await transport.fetch(call)(addressOf(host, path, query), {
        headers: { accept: 'application/json' },
      });
      const data = parseAnswer(provider, what, schema, await readJson(response));
      return { data, headers: response.headers };
    },
    async page(what, path, query, start, call) {
      const { data } = await api.get(what, path, pageWire, call, { ...query, limit: pageSize, start });
      const limit = data.limit ?? data.values.length;
      const values = parseAnswer(provider, what, idsWire, data.values).map(({ id }, index) => ({
        id,
        wire: data.values[index],
      }));
      return { start, limit, values, next: readStartPage(provider, data).next };
    },
  };
  return api;
}

/** A path's segments, encoded. `~ada` is a project's key. */
export function pathOf(...segments: readonly string[]): string {
  return segments.map((segment) => `/${encodeURIComponent(segment)}`).join('');
}

function addressOf({ apiUrl }: BitbucketDataCenterHost, path: string, query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) parameters.set(name, String(value));
  const search = parameters.toString();
  return `${apiUrl}${path}${search === '' ? '' : `?${search}`}`;
}
