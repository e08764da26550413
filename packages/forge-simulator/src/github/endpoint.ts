import type { OAuthClient } from '../oauth/clients.js';
import type { SimulatedRequest } from '../http/message.js';
import type { PrimaryBudget } from './limits.js';
import type { Listings } from './listings.js';
import { linkHeader, pageRequest } from './paging.js';
import type { GithubProfile } from './profile.js';
import type { GithubState, Viewer } from './viewer.js';
import type { Links } from './wire/links.js';

/** What an endpoint knows of the request it answers. */
export interface Call {
  readonly request: SimulatedRequest;
  readonly parameters: Readonly<Record<string, string>>;
  readonly viewer: Viewer;
  /** The application that asked in its own name. */
  readonly client: OAuthClient | undefined;
  readonly state: GithubState;
  readonly listings: Listings;
  readonly links: Links;
  readonly profile: GithubProfile;
  readonly apiVersion: string;
  /** The caller's hourly budget; absent where limits are off. */
  readonly budget: PrimaryBudget | undefined;
}

export interface Answer {
  /** 200 when not given. */
  readonly status?: number;
  /** JSON, unless `contentType` says otherwise. */
  readonly body: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly lastModified?: Date;
}

export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly pattern: string;
  /** The endpoint's page, below the documentation's REST root. */
  readonly docs: string;
  /** X-Accepted-OAuth-Scopes. */
  readonly acceptedScopes: string;
  /** X-Accepted-GitHub-Permissions. */
  readonly acceptedPermissions: string;
  /** Costs nothing of the hourly budget. */
  readonly free?: boolean;
  readonly handle: (call: Call) => Answer;
}

export interface ListAnswer<Item> {
  readonly items: readonly Item[];
  /** Writes an item as JSON. */
  readonly toJson: (item: Item) => string;
  /** The listing's canonical path, where it is not the one that was asked. */
  readonly path?: string;
  /** Puts the page, a JSON array, into an envelope. */
  readonly wrap?: (page: string, total: number) => string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A number in a path, written as numbers are; anything else names nothing. */
export function idIn(parameters: Call['parameters']): number | undefined {
  const { id = '' } = parameters;
  return /^\d+$/.test(id) ? Number(id) : undefined;
}

/** One object. */
export function answerOne(body: object, lastModified?: Date): Answer {
  const json = JSON.stringify(body);
  return lastModified === undefined ? { body: json } : { body: json, lastModified };
}

/** One page of a listing, as `page` and `per_page` ask for it. */
export function answerPage<Item>(call: Call, list: ListAnswer<Item>): Answer {
  const { items, toJson, path = call.request.path, wrap = (page: string) => page, headers = {} } = list;
  const asked = pageRequest(call.request.query);
  const start = (asked.page - 1) * asked.perPage;
  const page = items.slice(start, start + asked.perPage).map(toJson);
  const link = linkHeader(call.links.apiUrl + path, call.request.query, asked, items.length);
  return { body: wrap(`[${page.join(',')}]`, items.length), headers: { ...link, ...headers } };
}

/** The header that names the organizations a listing left out for want of single sign-on. */
export function partialResults(
  withheld: readonly { readonly id: number }[],
): Readonly<Record<string, string>> {
  if (withheld.length === 0) return {};
  const organizations = withheld.map(({ id }) => id).join(',');
  return { 'x-github-sso': `partial-results; organizations=${organizations}` };
}
