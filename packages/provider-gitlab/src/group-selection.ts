import type { CallOptions, OrganizationRef } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { parseAnswer } from '@anyforge/provider-kit';
import type { Get } from './api.js';
import { groupPath } from './references.js';
import { groupWire } from './wire.js';

/** Which projects lie in the subtrees of some groups. */
export interface GroupSelection {
  readonly includes: (namespace: string) => boolean;
  /**
   * @throws ProviderError `unavailable` when a group has moved since: what was listed may lack what moved with it
   */
  readonly confirm: (call: CallOptions) => Promise<void>;
}

/**
 * Finds the groups. One that the account cannot see holds nothing that it may list: whoever is a member of a project
 * can see the groups around it.
 */
export async function selectGroups(
  get: Get,
  organizations: readonly OrganizationRef[],
  call: CallOptions,
): Promise<GroupSelection> {
  const paths = await findPaths(get, organizations, call);
  const roots = paths.flatMap((path) => (path === undefined ? [] : [path.toLowerCase()]));
  return {
    includes: (namespace) => {
      const path = `${namespace.toLowerCase()}/`;
      return roots.some((root) => path.startsWith(`${root}/`));
    },
    confirm: async (again) => {
      const now = await findPaths(get, organizations, again);
      if (now.every((path, index) => path === paths[index])) return;
      throw new ProviderError('unavailable', 'A group was moved while its projects were listed.', {
        provider: 'gitlab',
        repair: { text: 'List once more.' },
      });
    },
  };
}

function findPaths(
  get: Get,
  organizations: readonly OrganizationRef[],
  call: CallOptions,
): Promise<readonly (string | undefined)[]> {
  return Promise.all(organizations.map((organization) => findPath(get, organization, call)));
}

async function findPath(
  get: Get,
  organization: OrganizationRef,
  call: CallOptions,
): Promise<string | undefined> {
  try {
    const { data } = await get(groupPath(organization), { with_projects: false }, call);
    return parseAnswer('gitlab', 'the group', groupWire, data).full_path;
  } catch (error) {
    if (ProviderError.is(error) && error.kind === 'not_found') return undefined;
    throw error;
  }
}
