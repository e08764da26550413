import type { Repository } from '../../world/model.js';
import type { Owners } from '../owners.js';
import type { RepositoryPermission } from '../permissions.js';
import { modes } from '../units.js';
import type { Links } from './links.js';
import { epoch, noTime, timestamp } from './time.js';
import { userJson } from './user.js';

export interface RepositoryView {
  readonly links: Links;
  readonly owners: Owners;
}

/** `api.Repository`. What a fork was made of is told with the permissions on the fork. */
export function repositoryJson(
  view: RepositoryView,
  repository: Repository,
  permission: RepositoryPermission,
  isParent = false,
): object {
  const { links, owners } = view;
  const { webUrl } = links;
  const { id, name, path, owner, description, visibility, archived, empty, forkOf } = repository;
  const apiUrl = `${webUrl}/api/v1/repos/${path}`;
  const isPrivate = visibility === 'private';
  const ownerVisibility = owners.visibilityOf(owner);
  const detail = permission.mode === modes.none ? 'anybody' : 'signed-in';
  const isFork = forkOf !== undefined;
  return {
    id,
    owner: userJson(owner, { links, detail, visibility: ownerVisibility }),
    name,
    full_name: path,
    description: description ?? '',
    empty,
    private: isPrivate,
    fork: isFork,
    template: false,
    ...(isFork && !isParent ? { parent: repositoryJson(view, forkOf, permission, true) } : {}),
    mirror: false,
    size: empty ? 0 : 25,
    language: '',
    languages_url: `${apiUrl}/languages`,
    html_url: `${webUrl}/${path}`,
    url: apiUrl,
    link: '',
    ssh_url: `git@${new URL(webUrl).hostname}:${path}.git`,
    clone_url: `${webUrl}/${path}.git`,
    original_url: '',
    website: '',
    stars_count: 0,
    forks_count: 0,
    watchers_count: 1,
    branch_count: empty ? 0 : 1,
    open_issues_count: 0,
    open_pr_counter: 0,
    release_counter: 0,
    default_branch: repository.defaultBranch,
    archived,
    created_at: timestamp(repository.createdAt),
    updated_at: timestamp(repository.updatedAt),
    archived_at: archived ? timestamp(repository.updatedAt) : epoch,
    permissions: {
      admin: permission.mode >= modes.admin,
      push: permission.code >= modes.write,
      pull: permission.code >= modes.read,
    },
    has_code: true,
    has_issues: true,
    internal_tracker: {
      enable_time_tracker: true,
      allow_only_contributors_to_track_time: true,
      enable_issue_dependencies: true,
    },
    has_wiki: true,
    has_pull_requests: true,
    has_projects: true,
    projects_mode: 'all',
    has_releases: true,
    has_packages: true,
    has_actions: true,
    ignore_whitespace_conflicts: false,
    allow_merge_commits: true,
    allow_rebase: true,
    allow_rebase_explicit: true,
    allow_squash_merge: true,
    allow_fast_forward_only_merge: true,
    allow_rebase_update: true,
    allow_manual_merge: false,
    autodetect_manual_merge: false,
    default_delete_branch_after_merge: false,
    default_merge_style: 'merge',
    default_allow_maintainer_edit: true,
    avatar_url: '',
    internal: !isPrivate && ownerVisibility === 'private',
    mirror_interval: '',
    object_format_name: 'sha1',
    mirror_updated: noTime,
    topics: repository.topics,
    licenses: [],
  };
}
