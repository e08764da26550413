import type { SimulatedRequest } from '../http/message.js';
import type { EndpointLimit } from './limits.js';
import type { Listings } from './listings.js';
import type { PageAddress } from './paging.js';
import { offsetHeaders, pageRequest } from './paging.js';
import type { Parameters } from './parameters.js';
import type { GitlabProfile } from './profile.js';
import type { GitlabState, Viewer } from './viewer.js';
import type { Links } from './wire/links.js';

/** What an endpoint knows of the request it answers. */
export interface Call {
  readonly request: SimulatedRequest;
  /** From the path, decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly parameters: Parameters;
  readonly viewer: Viewer;
  readonly state: GitlabState;
  readonly listings: Listings;
  readonly links: Links;
  readonly profile: GitlabProfile;
}

export interface Answer {
  /** JSON. */
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Endpoint {
  readonly method: 'GET';
  readonly pattern: string;
  /** Scopes that suffice beside `api` and `read_api`; `any` where every token does. */
  readonly scopes?: readonly string[] | 'any';
  /** Answers without a credential, too. */
  readonly open?: boolean;
  readonly limit?: EndpointLimit;
  readonly handle: (call: Call) => Answer;
}

export interface ListAnswer<Item> {
  readonly items: readonly Item[];
  /** Writes an item as JSON. */
  readonly toJson: (item: Item) => string;
  /** What the endpoint assumes where nothing is asked, and repeats in its links. */
  readonly defaults?: Readonly<Record<string, string>>;
}

export function answerOne(body: object): Answer {
  return { body: JSON.stringify(body) };
}

/** One page of a listing, as `page` and `per_page` ask for it. */
export function answerPage<Item>(call: Call, { items, toJson, defaults = {} }: ListAnswer<Item>): Answer {
  const asked = pageRequest(call.parameters);
  const start = (asked.page - 1) * asked.perPage;
  const page = items.slice(start, start + asked.perPage).map(toJson);
  return {
    body: `[${page.join(',')}]`,
    headers: offsetHeaders(addressOf(call, defaults), asked, items.length),
  };
}

/** The address of this very listing, whatever its page. A resource in the path is repeated in the query. */
export function addressOf({ links, request, path }: Call, defaults: PageAddress['defaults']): PageAddress {
  return { url: links.apiUrl + request.path, defaults: { ...path, ...defaults }, query: request.query };
}
