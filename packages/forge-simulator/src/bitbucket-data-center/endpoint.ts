import type { SimulatedRequest } from '../http/message.js';
import type { Person, Repository } from '../world/model.js';
import type { World } from '../world/world.js';
import type { Listings } from './listings.js';
import type { Placed } from './paging.js';
import { pageJson, pageRequest } from './paging.js';
import { refusals } from './refusal.js';
import type { BitbucketVersion } from './version.js';
import type { SignedInUser, Viewer } from './viewer.js';
import type { Links } from './wire/links.js';
import type { RepositoryView } from './wire/repository.js';

/** How many items a page of a resource holds at most, whatever is asked for. */
export interface PageCaps {
  readonly repositories: number;
  readonly projects: number;
  readonly users: number;
  readonly permissions: number;
}

export const usualPageCaps: PageCaps = { repositories: 1000, projects: 1000, users: 1000, permissions: 1000 };

/** What an endpoint knows of the request it answers. */
export interface Call {
  readonly request: SimulatedRequest;
  readonly parameters: Readonly<Record<string, string>>;
  readonly viewer: Viewer;
  readonly world: World;
  readonly listings: Listings;
  readonly links: Links;
  readonly version: BitbucketVersion;
  readonly pageCaps: PageCaps;
  /** What a path leads to that a repository had before. */
  readonly oldPaths: 'redirect' | 'not-found';
  readonly isLicensed: (person: Person) => boolean;
}

export interface Endpoint {
  readonly method: 'GET';
  readonly pattern: string;
  /** @returns JSON */
  readonly handle: (call: Call) => string;
}

export function answerPage<Item>(
  call: Call,
  resource: keyof PageCaps,
  rows: readonly Placed<Item>[],
  toJson: (item: Item) => string,
): string {
  return pageJson(rows, pageRequest(call.request.query, call.pageCaps[resource]), toJson);
}

/** @throws Refusal for nobody */
export function mustBeSignedIn({ viewer }: Call): SignedInUser {
  if (viewer.user === undefined) throw refusals.notPermitted();
  return viewer.user;
}

export function repositoryView({ links, version, viewer }: Call): RepositoryView {
  return { links, version, sees: (repository: Repository) => viewer.sees(repository) };
}

/** Whether a filter that names something, in whatever case and with whatever space around it, lets a name through. */
export function nameFilter(query: URLSearchParams, parameter: string): (name: string) => boolean {
  const wanted = query.get(parameter)?.trim().toLowerCase() ?? '';
  return (name) => name.toLowerCase().includes(wanted);
}
