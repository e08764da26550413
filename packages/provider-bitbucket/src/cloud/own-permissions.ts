import type { CallOptions, Permission } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { parseAnswer, walkPages } from '@anyforge/provider-kit';
import type { Api } from './api.js';
import { provider } from './host.js';
import { publicPermission, toPermission, unknownPermission } from './map.js';
import { fieldsOf, firstPage, readBodyPage } from './pages.js';
import type { RepositoryWire } from './wire.js';
import { ownPermissionFields, ownPermissionPage } from './wire.js';

/** Either Bitbucket's words for the permissions, by the repository's id, or why they cannot be told. */
export type Told = { readonly permissions: ReadonlyMap<string, string> } | { readonly reason: string };

/** @see https://developer.atlassian.com/cloud/bitbucket/rest/intro/#access-tokens */
export const untoldToAccessTokens = {
  reason: 'Bitbucket tells no access token what it may do on a repository.',
} as const satisfies Told;

/**
 * Of a whole workspace: effective, through groups, projects and the workspace, and nothing that is only public. A
 * permission may be missing that slipped from one page to another while they were read.
 */
export async function readOwnPermissions(api: Api, workspace: string, call: CallOptions): Promise<Told> {
  const permissions = new Map<string, string>();
  const first = firstPage(api.urlOf(pathIn(workspace)), { fields: fieldsOf(ownPermissionFields) });
  const pages = walkPages({
    provider,
    listing: first,
    first,
    resumable: false,
    call,
    load: async (address, pageCall) => {
      const { data } = await api.get(address, pageCall);
      const page = parseAnswer(provider, 'the own permissions', ownPermissionPage, data);
      return { items: page.values, ...readBodyPage(address, page) };
    },
  });
  try {
    for await (const { items } of pages)
      for (const { permission, repository } of items)
        if (permission !== 'none') permissions.set(repository.uuid, permission);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { reason: untold(error) };
  }
  return { permissions };
}

/** On one repository that the account sees, which is `publicPermission` where it was granted nothing. */
export async function askOwnPermission(
  api: Api,
  { full_name: path, uuid, is_private: isPrivate }: Pick<RepositoryWire, 'full_name' | 'uuid' | 'is_private'>,
  call: CallOptions,
): Promise<Permission> {
  const [workspace = ''] = path.split('/');
  const address = firstPage(pathIn(workspace), {
    q: `repository.full_name="${path.replace(/["\\]/g, '\\$&')}"`,
    fields: fieldsOf(ownPermissionFields),
  });
  try {
    const { data } = await api.get(address, call);
    const { values } = parseAnswer(provider, 'the own permission', ownPermissionPage, data);
    const native = values.find(({ repository }) => repository.uuid === uuid)?.permission ?? 'none';
    if (native !== 'none') return toPermission(native);
  } catch (error) {
    if (!isRefusal(error) && !isNotFound(error)) throw error;
    return unknownPermission(untold(error));
  }
  return isPrivate
    ? unknownPermission('Bitbucket shows the repository, and no permission on it.')
    : publicPermission;
}

/** Whether the forge will not tell this credential, as opposed to not now. */
export function isRefusal(error: unknown): error is ProviderError {
  return ProviderError.is(error) && ['forbidden', 'insufficient_scope'].includes(error.kind);
}

export function isNotFound(error: unknown): error is ProviderError {
  return ProviderError.is(error) && error.kind === 'not_found';
}

/** Why a permission is unknown after a refusal. */
function untold(error: ProviderError): string {
  return `Bitbucket does not tell this credential its permissions. ${error.message}`;
}

function pathIn(workspace: string): string {
  return `/user/workspaces/${encodeURIComponent(workspace)}/permissions/repositories`;
}
