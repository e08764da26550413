import type { CallOptions, Permission } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { parseAnswer } from '@anyforge/provider-kit';
import { toPermission } from './access-levels.js';
import type { Get } from './api.js';
import { customRole, isAwaiting, readsCode, toBandPermission } from './map.js';
import { readProjects } from './project-range.js';
import type { MemberWire, ProjectWire, UserWire } from './wire.js';
import { memberWire } from './wire.js';

/**
 * The account's own effective permission on one project, through whatever group it comes.
 *
 * @see https://docs.gitlab.com/api/project_members/
 */
export async function readOwnPermission(
  get: Get,
  project: ProjectWire,
  user: UserWire,
  call: CallOptions,
): Promise<Permission> {
  const member = await readMember(get, `/projects/${project.id}/members/all/${user.id}`, call);
  const reads = readsCode(project);
  if (member !== undefined)
    return toPermission(member.access_level, { readsCode: reads, role: customRole(member) });
  // Whoever comes through the invitations of an invited group is no member by that list, and the list may be hidden.
  const [listed] = await readProjects(get, { after: project.id - 1, upTo: project.id }, call);
  if (listed !== undefined) return toBandPermission(listed.project, listed.band);
  if (!reads) return { level: 'none', native: 'No access' };
  if (project.visibility === 'public' || project.visibility === 'internal')
    return { level: 'read', native: project.visibility };
  const reason = 'The account is no member of this project, and GitLab does not tell why it sees it.';
  return { level: 'unknown', native: '', reason };
}

async function readMember(get: Get, path: string, call: CallOptions): Promise<MemberWire | undefined> {
  try {
    const { data } = await get(path, {}, call);
    const member = parseAnswer('gitlab', 'the membership', memberWire, data);
    return isAwaiting(member) ? undefined : member;
  } catch (error) {
    if (ProviderError.is(error) && (error.kind === 'not_found' || error.kind === 'forbidden'))
      return undefined;
    throw error;
  }
}
