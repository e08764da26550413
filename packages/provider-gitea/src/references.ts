import type { OrganizationRef, RepositoryRef } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { provider } from './api.js';

/**
 * The API path of a repository. By id where there is one: a path may have passed to another repository since.
 *
 * @throws ProviderError `invalid_request` when it cannot name a repository of Gitea
 */
export function repositoryAddress(reference: RepositoryRef): string {
  if ('id' in reference) return `/repositories/${checkId(reference.id, 'repository')}`;
  return repositoryPath(reference.path);
}

/** @throws ProviderError `invalid_request` when it is not an owner and a name */
export function repositoryPath(path: string): string {
  return `/repos/${encodePath(path, 'repository', 2)}`;
}

/** What tells an organization's repositories from others: its id, or its name in small letters. */
export type OrganizationKey = { readonly id: string } | { readonly name: string };

/** @throws ProviderError `invalid_request` when it cannot name an organization of Gitea */
export function organizationKey(reference: OrganizationRef): OrganizationKey {
  if ('id' in reference) return { id: checkId(reference.id, 'organization') };
  encodePath(reference.path, 'organization', 1);
  return { name: reference.path.toLowerCase() };
}

/** A user name or an organization's, as a segment of a path. */
export function segment(name: string): string {
  return encodeURIComponent(name);
}

function checkId(id: string, what: string): string {
  if (/^\d+$/.test(id)) return id;
  throw invalid(`"${id}" is no ${what} id of Gitea`);
}

function encodePath(path: string, what: string, segments: number): string {
  const parts = path.split('/');
  if (parts.length !== segments || parts.some((part) => ['', '.', '..'].includes(part)))
    throw invalid(`"${path}" is no ${what} path of Gitea`);
  return parts.map(segment).join('/');
}

function invalid(text: string): ProviderError {
  return new ProviderError('invalid_request', `${text}.`, { provider });
}
