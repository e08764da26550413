import type { CallOptions } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { parseAnswer, walkPages } from '@anyforge/provider-kit';
import type { Api } from './api.js';
import { fieldsOf, firstPage, readBodyPage } from './pages.js';
import type { RepositoryWire } from './wire.js';
import { ownPermissionFields, ownPermissionPage } from './wire.js';

const provider = 'bitbucket';

/** Which permissions the account has in one workspace, by the repository's id, as a listing comes to need them. */
class OwnPermissions {
  readonly #unlisted = new Map<string, string>();
  readonly #listed = new Set<string>();

  add(uuid: string, native: string): void {
    this.#unlisted.set(uuid, native);
  }

  /** The permission on a repository that was just listed. A repository is given out once. */
  take(uuid: string): string | undefined {
    const native = this.#unlisted.get(uuid);
    if (native === undefined) return undefined;
    this.#unlisted.delete(uuid);
    this.#listed.add(uuid);
    return native;
  }

  /** Whether the repository was on an earlier page as well, because it moved on to a later one. */
  isListed(uuid: string): boolean {
    return this.#listed.has(uuid);
  }

  /** The repositories with a permission that no page has listed yet. */
  get unlisted(): readonly string[] {
    return [...this.#unlisted.keys()];
  }
}

/** Either the permissions, or why they cannot be told. */
export type Told = { readonly permissions: OwnPermissions } | { readonly reason: string };

/** @see https://developer.atlassian.com/cloud/bitbucket/rest/intro/#access-tokens */
export const untoldToAccessTokens = {
  reason: 'Bitbucket tells no access token what it may do on a repository.',
} as const satisfies Told;

/** Of a whole workspace: effective, through groups, projects and the workspace, and nothing that is only public. */
export async function readOwnPermissions(api: Api, workspace: string, call: CallOptions): Promise<Told> {
  const permissions = new OwnPermissions();
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
        if (permission !== 'none') permissions.add(repository.uuid, permission);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { reason: untold(error) };
  }
  return { permissions };
}

/** On one repository; undefined where the account was granted nothing. */
export async function askOwnPermission(
  api: Api,
  { full_name: path, uuid }: Pick<RepositoryWire, 'full_name' | 'uuid'>,
  call: CallOptions,
): Promise<string | undefined> {
  const [workspace = ''] = path.split('/');
  const address = firstPage(pathIn(workspace), {
    q: `repository.full_name="${path.replace(/["\\]/g, '\\$&')}"`,
    fields: fieldsOf(ownPermissionFields),
  });
  const { data } = await api.get(address, call);
  const { values } = parseAnswer(provider, 'the own permission', ownPermissionPage, data);
  const native = values.find(({ repository }) => repository.uuid === uuid)?.permission;
  return native === 'none' ? undefined : native;
}

/** Whether the forge will not tell this credential, as opposed to not now. */
export function isRefusal(error: unknown): error is ProviderError {
  return ProviderError.is(error) && ['forbidden', 'insufficient_scope'].includes(error.kind);
}

/** Why a permission is unknown after a refusal. */
export function untold(error: ProviderError): string {
  return `Bitbucket does not tell this credential its permissions. ${error.message}`;
}

function pathIn(workspace: string): string {
  return `/user/workspaces/${encodeURIComponent(workspace)}/permissions/repositories`;
}
