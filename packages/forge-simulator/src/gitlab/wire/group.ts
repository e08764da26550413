import type { Organization, Visibility } from '../../world/model.js';
import { lineage } from '../../world/lineage.js';
import type { Links } from './links.js';

/** 'Acme / Platform' */
export function fullName(group: Organization): string {
  return [...lineage(group)]
    .map(({ name }) => name)
    .reverse()
    .join(' / ');
}

/** A group as a project's list of invited groups has it. */
export function invitedGroup(links: Links, group: Organization): Record<string, unknown> {
  return {
    id: group.id,
    web_url: `${links.webUrl}/groups/${group.path}`,
    name: group.name,
    avatar_url: null,
    full_name: fullName(group),
    full_path: group.path,
  };
}

/** `API::Entities::Group` */
export function listedGroup(
  links: Links,
  group: Organization,
  visibility: Visibility,
): Record<string, unknown> {
  return {
    id: group.id,
    web_url: `${links.webUrl}/groups/${group.path}`,
    name: group.name,
    path: group.slug,
    description: group.description ?? '',
    visibility,
    share_with_group_lock: false,
    require_two_factor_authentication: false,
    two_factor_grace_period: 48,
    project_creation_level: 'developer',
    auto_devops_enabled: null,
    subgroup_creation_level: 'maintainer',
    emails_disabled: false,
    emails_enabled: true,
    show_diff_preview_in_email: true,
    mentions_disabled: null,
    lfs_enabled: true,
    archived: false,
    math_rendering_limits_enabled: true,
    lock_math_rendering_limits_enabled: false,
    default_branch: null,
    default_branch_protection: 2,
    default_branch_protection_defaults: {
      allowed_to_push: [{ access_level: 40 }],
      allow_force_push: false,
      allowed_to_merge: [{ access_level: 40 }],
    },
    avatar_url: null,
    request_access_enabled: true,
    full_name: fullName(group),
    full_path: group.path,
    created_at: group.createdAt.toISOString(),
    parent_id: group.parent?.id ?? null,
    organization_id: 1,
    shared_runners_setting: 'enabled',
    max_artifacts_size: null,
    marked_for_deletion_on: null,
  };
}
