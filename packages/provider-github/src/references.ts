import type { OrganizationRef, RepositoryRef } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';

/**
 * The API path of a repository. By id where there is one: a path may have passed to another repository since.
 *
 * @throws ProviderError `invalid_request` when it cannot name a repository of GitHub.
 */
export function repositoryPath(reference: RepositoryRef): string {
  if ('id' in reference) {
    if (!/^\d+$/.test(reference.id)) throw invalid(`"${reference.id}" is no repository id of GitHub`);
    return `/repositories/${reference.id}`;
  }
  const segments = reference.path.split('/');
  if (segments.length !== 2 || segments.some((segment) => ['', '.', '..'].includes(segment))) {
    throw invalid(`"${reference.path}" is no repository path of GitHub: it has the form owner/name`);
  }
  return `/repos/${segments.map(encodeURIComponent).join('/')}`;
}

/** Whether the owner of a repository is among the organizations; every one is when there are none. */
export function organizationFilter(
  organizations: readonly OrganizationRef[],
): (owner: { readonly id: string; readonly login: string }) => boolean {
  if (organizations.length === 0) return () => true;
  const ids = new Set(
    organizations.flatMap((organization) => ('id' in organization ? [organization.id] : [])),
  );
  const logins = new Set(
    organizations.flatMap((organization) => ('id' in organization ? [] : [organization.path.toLowerCase()])),
  );
  return ({ id, login }) => ids.has(id) || logins.has(login.toLowerCase());
}

function invalid(text: string): ProviderError {
  return new ProviderError('invalid_request', `${text}.`, { provider: 'github' });
}
