import type { OrganizationRef, RepositoryRef } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { provider } from './host.js';

/** Bitbucket's ids, in their curly braces. */
const uuidForm = /^\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/i;

/**
 * The API path of a repository. By id where there is one: a path may have passed to another repository since. A uuid is
 * unique, so that the workspace before it may be left empty, which is written `{}`.
 *
 * @throws ProviderError `invalid_request` when it cannot name a repository of Bitbucket.
 * @see https://developer.atlassian.com/cloud/bitbucket/rest/intro/#uri-structure
 */
export function repositoryPath(reference: RepositoryRef): string {
  if ('id' in reference) {
    if (!uuidForm.test(reference.id)) throw invalid(`"${reference.id}" is no repository id of Bitbucket`);
    return `/repositories/${encodeURIComponent('{}')}/${encodeURIComponent(reference.id)}`;
  }
  const [workspace, slug] = splitPath(reference.path);
  return `/repositories/${encodeURIComponent(workspace)}/${encodeURIComponent(slug)}`;
}

/** @throws ProviderError `invalid_request` for anything but `workspace/repository`. */
export function splitPath(path: string): readonly [workspace: string, slug: string] {
  const [workspace = '', slug = '', ...more] = path.split('/');
  if (more.length > 0 || [workspace, slug].some((segment) => ['', '.', '..'].includes(segment)))
    throw invalid(`"${path}" is no repository path of Bitbucket: it has the form workspace/repository`);
  return [workspace, slug];
}

/** Whether a workspace is among the organizations; every one is when there are none. */
export function organizationFilter(
  organizations: readonly OrganizationRef[],
): (workspace: { readonly uuid: string; readonly slug: string }) => boolean {
  if (organizations.length === 0) return () => true;
  const names = new Set(organizations.map((reference) => nameOf(reference).toLowerCase()));
  return ({ uuid, slug }) => names.has(uuid.toLowerCase()) || names.has(slug.toLowerCase());
}

/** What the API takes for the workspace: its id where there is one, else its slug. */
export function nameOf(organization: OrganizationRef): string {
  return 'id' in organization ? organization.id : organization.path;
}

function invalid(text: string): ProviderError {
  return new ProviderError('invalid_request', `${text}.`, { provider });
}
