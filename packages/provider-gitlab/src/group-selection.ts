import type { CallOptions, Omission, OrganizationRef } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { parseAnswer } from '@anyforge/provider-kit';
import type { Get } from './api.js';
import { groupPath } from './references.js';
import { groupWire } from './wire.js';

/** Which projects lie in the subtrees of some groups. */
export interface GroupSelection {
  readonly includes: (namespace: string) => boolean;
  /** The groups that GitLab does not show to the account, or that are not there: it says the same of both. */
  readonly omitted: readonly Omission[] | undefined;
  /**
   * To be asked after every range of projects: they are chosen by the paths of the groups, so that a range is whole
   * only where the groups were at these paths before it was read and after.
   *
   * @throws ProviderError `unavailable` when a group has moved since
   */
  readonly confirm: (call: CallOptions) => Promise<void>;
}

/** Finds the groups. */
export async function selectGroups(
  get: Get,
  organizations: readonly OrganizationRef[],
  call: CallOptions,
): Promise<GroupSelection> {
  const paths = await findPaths(get, organizations, call);
  const roots = paths.flatMap((path) => (path === undefined ? [] : [path.toLowerCase()]));
  const omitted = organizations
    .filter((_, index) => paths[index] === undefined)
    .map((organization): Omission => ({ organization, reason: 'forbidden' }));
  return {
    omitted: omitted.length === 0 ? undefined : omitted,
    includes: (namespace) => {
      const path = `${namespace.toLowerCase()}/`;
      return roots.some((root) => path.startsWith(`${root}/`));
    },
    confirm: async (again) => {
      const now = await findPaths(get, organizations, again);
      if (now.every((path, index) => path === paths[index])) return;
      throw new ProviderError('unavailable', 'A group was moved or hidden while its projects were listed.', {
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
