import type { SimulatedRequest } from '../http/message.js';
import type { Owner, Person, Repository } from '../world/model.js';
import type { World } from '../world/world.js';
import type { Fields } from './bbql.js';
import { compileQuery, sortBy } from './bbql.js';
import type { Keep } from './keep.js';
import type { PagingHabits } from './paging.js';
import { pageBody } from './paging.js';
import { refusals } from './refusal.js';
import type { NeededScopes } from './scopes.js';
import type { ReachedRepository, Viewer } from './viewer.js';
import type { Links } from './wire/links.js';

/** What an endpoint knows of the request it answers. */
export interface Call {
  readonly request: SimulatedRequest;
  readonly parameters: Readonly<Record<string, string>>;
  readonly viewer: Viewer;
  readonly world: World;
  readonly links: Links;
  readonly paging: PagingHabits;
  readonly kept: {
    readonly reach: Keep<ReadonlyMap<Owner, readonly ReachedRepository[]>>;
    readonly repositories: Keep<readonly Repository[]>;
    readonly permissions: Keep<readonly ReachedRepository[]>;
  };
}

export interface Endpoint {
  readonly pattern: string;
  /** `anybody`: without a credential too; `token`: with any; `person`: access tokens are refused. */
  readonly asks: 'anybody' | 'token' | 'person';
  readonly scopes: NeededScopes;
  /** Answers a JSON body. */
  readonly handle: (call: Call) => object;
}

/** One page of a listing, as `page` and `pagelen` ask for it. */
export function answerPage<Item>(
  { request, links, paging }: Call,
  items: readonly Item[],
  toWire: (item: Item) => object,
): object {
  const address = `${links.apiUrl}${request.path}`;
  return pageBody(items, toWire, { address, query: request.query, habits: paging });
}

/** A listing as `q` and `sort` ask for it. */
export function asAsked<Item>(
  { request: { query } }: Call,
  items: readonly Item[],
  fields: Fields<Item>,
): readonly Item[] {
  const q = query.get('q');
  const sort = query.get('sort');
  const found = q === null ? items : items.filter(compileQuery(q, fields));
  return sort === null ? found : sortBy(found, sort, fields);
}

/** Names a listing of this caller's by what it was asked for, apart from the page. */
export function keyOf({ viewer, request }: Call): string {
  const { query, path } = request;
  const asked = ['role', 'q', 'sort', 'administrator'].map((name) => query.get(name) ?? '');
  return JSON.stringify([viewer.token?.value ?? '', path, ...asked]);
}

/** The person who asks. @throws Refusal for anybody else */
export function signedIn({ viewer }: Call): Person {
  if (viewer.token === undefined) throw refusals.signIn();
  if (viewer.person === undefined) throw refusals.notForAccessTokens();
  return viewer.person;
}

/** What the person who asks has a grant on, by workspace. */
export function reachOfViewer(call: Call): ReadonlyMap<Owner, readonly ReachedRepository[]> {
  return call.kept.reach.of(call.viewer.token?.value ?? '', () => call.viewer.reach());
}
