import type { OrganizationRef, RepositoryRef } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';

/**
 * The API path of a project. By id where there is one: a path may have passed to another project since.
 *
 * @throws ProviderError `invalid_request` when it cannot name a project of GitLab
 */
export function projectPath(reference: RepositoryRef): string {
  if ('id' in reference) return `/projects/${checkId(reference.id, 'project')}`;
  return `/projects/${encodePath(reference.path, 'project', 2)}`;
}

/** @throws ProviderError `invalid_request` when it cannot name a group of GitLab */
export function groupPath(reference: OrganizationRef): string {
  if ('id' in reference) return `/groups/${checkId(reference.id, 'group')}`;
  return `/groups/${encodePath(reference.path, 'group', 1)}`;
}

function checkId(id: string, what: string): string {
  if (/^\d+$/.test(id)) return id;
  throw invalid(`"${id}" is no ${what} id of GitLab`);
}

function encodePath(path: string, what: string, fewestSegments: number): string {
  const segments = path.split('/');
  if (segments.length < fewestSegments || segments.some((segment) => ['', '.', '..'].includes(segment)))
    throw invalid(`"${path}" is no ${what} path of GitLab`);
  // A path of digits alone would be taken for an id.
  if (/^\d+$/.test(path)) throw invalid(`"${path}" is taken for an id by GitLab: name the ${what} by its id`);
  return encodeURIComponent(path);
}

function invalid(text: string): ProviderError {
  return new ProviderError('invalid_request', `${text}.`, { provider: 'gitlab' });
}
