import type { SimulatedRequest } from '../http/message.js';
import type { Person } from '../world/model.js';
import type { Listings } from './listings.js';
import { linkHeader, pageRequest } from './paging.js';
import { refusals } from './refusal.js';
import type { ScopeCategory } from './scopes.js';
import type { GiteaState } from './state.js';
import type { Viewer } from './viewer.js';
import type { Links } from './wire/links.js';

/** What an endpoint knows of the request it answers. */
export interface Call {
  readonly request: SimulatedRequest;
  /** From the path, decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly viewer: Viewer;
  readonly state: GiteaState;
  readonly listings: Listings;
  readonly links: Links;
}

export interface Answer {
  /** 200 when not given. */
  readonly status?: number;
  /** JSON; nothing where there is none. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Endpoint {
  readonly pattern: string;
  /** What a token must be able to read. */
  readonly scopes: readonly ScopeCategory[];
  /** What it must be able to read besides, which is asked of it after that. */
  readonly furtherScopes?: readonly ScopeCategory[];
  /** `later`: who is not signed in is refused when what they ask for has been found. */
  readonly signIn: 'needed' | 'later' | 'open';
  readonly handle: (call: Call) => Answer;
}

export function answerOne(body: object): Answer {
  return { body: JSON.stringify(body) };
}

export interface ListAnswer<Item> {
  readonly items: readonly Item[];
  readonly toJson: (item: Item) => object;
  /** Whether the items come within an object, as those of a search do. */
  readonly wrapped?: boolean;
  /** Not every listing links to its other pages. True when not given. */
  readonly links?: boolean;
  /** Rows that are left out of their page, and counted all the same. */
  readonly shows?: (item: Item) => boolean;
}

/** One page, as `page` and `limit` ask for it. */
export function answerPage<Item>(
  { request, state, links: { rootUrl } }: Call,
  { items, toJson, wrapped = false, links = true, shows = () => true }: ListAnswer<Item>,
): Answer {
  const asked = pageRequest(request.query, state.pageSizes);
  const start = (asked.page - 1) * asked.limit;
  const rows = items
    .slice(start, start + asked.limit)
    .filter(shows)
    .map(toJson);
  const address = `${rootUrl}/api/v1${request.path}`;
  const link = links ? linkHeader(address, request.query, asked, items.length) : {};
  const told = [...(Object.keys(link).length === 0 ? [] : ['Link']), 'X-Total-Count'];
  return {
    body: JSON.stringify(wrapped ? { ok: true, data: rows } : rows),
    headers: {
      ...link,
      'x-total-count': String(items.length),
      'access-control-expose-headers': told.join(', '),
    },
  };
}

/** @throws Refusal for nobody */
export function signedIn({ viewer }: Call): Person {
  if (viewer.person === undefined) throw refusals.needsToken();
  return viewer.person;
}

/** Refuses tokens for what is public alone, on versions that do. @throws Refusal */
export function mustNotBePublicOnly({ viewer, state }: Call): void {
  if (viewer.publicOnly && state.profile.refusesPublicOnly) throw refusals.notForPublicOnly();
}
