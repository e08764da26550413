import type { Organization, OrganizationRef, RepositoryRef } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { provider } from './api.js';
import type { RepositoryWire } from './wire.js';

/** Where a repository may be. */
export interface RepositoryPlace {
  readonly key: string;
  readonly slug: string;
}

/** What names a repository here: Bitbucket finds one by its path alone, and an id tells whether it is the one. */
export interface RepositoryTarget {
  readonly id: number | undefined;
  readonly place: RepositoryPlace | undefined;
}

/** @throws ProviderError `invalid_request` when it cannot name a repository of Bitbucket */
export function repositoryTarget(reference: RepositoryRef): RepositoryTarget {
  const place = reference.path === undefined ? undefined : placeOf(reference.path);
  return { id: 'id' in reference ? idOf(reference.id) : undefined, place };
}

/** Whether the project of a repository is among the organizations; every one is when there are none. */
export function organizationFilter(
  organizations: readonly OrganizationRef[],
): (project: RepositoryWire['project']) => boolean {
  if (organizations.length === 0) return () => true;
  const ids = new Set(organizations.flatMap((each) => ('id' in each ? [each.id] : [])));
  const keys = new Set(organizations.flatMap((each) => ('id' in each ? [] : [each.path.toLowerCase()])));
  return ({ id, key }) => ids.has(String(id)) || keys.has(key.toLowerCase());
}

/**
 * The keys of the projects that organizations name; undefined where one is not among the projects.
 *
 * @param projects those that the account can see
 */
export function projectKeys(
  organizations: readonly OrganizationRef[],
  projects: readonly Organization[],
): readonly string[] | undefined {
  const keys = new Set<string>();
  for (const each of organizations) {
    const key = 'id' in each ? projects.find(({ id }) => id === each.id)?.path : each.path;
    if (key === undefined) return undefined;
    keys.add(key);
  }
  return [...keys];
}

function idOf(id: string): number {
  const number = Number(id);
  if (!/^\d+$/.test(id) || !Number.isSafeInteger(number))
    throw invalid(`"${id}" is no repository id of Bitbucket`);
  return number;
}

function placeOf(path: string): RepositoryPlace {
  const [key, slug, ...more] = path.split('/');
  const isPlain = (segment: string | undefined): segment is string =>
    segment !== undefined && !['', '.', '..'].includes(segment);
  if (!isPlain(key) || !isPlain(slug) || more.length > 0)
    throw invalid(`"${path}" is no repository path of Bitbucket: it has the form KEY/slug or ~user/slug`);
  return { key, slug };
}

function invalid(text: string): ProviderError {
  return new ProviderError('invalid_request', `${text}.`, { provider });
}
