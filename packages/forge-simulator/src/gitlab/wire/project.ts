import type { Owner, Repository } from '../../world/model.js';
import type { Invitation } from '../memberships.js';
import { fullName } from './group.js';
import type { Links } from './links.js';
import { sshHost } from './links.js';
import { sharedWithGroup } from './member.js';
import { basicUser } from './user.js';

/** What the caller may be told of a project. */
export interface ProjectView {
  /** Whether the caller may read its code: what tells of the code is left out for everybody else. */
  readonly readsCode: boolean;
  /** The numbers of `permissions`; absent where they are not told. */
  readonly permissions:
    { readonly project: number | undefined; readonly group: number | undefined } | undefined;
  readonly invitations: readonly Invitation[];
  /** What it was forked from, where the caller may see that. */
  readonly forkOf: Repository | undefined;
}

/** What every project says alike, at the end of its fields. */
const alike = JSON.stringify({
  resolve_outdated_diff_discussions: false,
  container_expiration_policy: null,
  repository_object_format: 'sha1',
  issues_enabled: true,
  merge_requests_enabled: true,
  wiki_enabled: true,
  jobs_enabled: true,
  snippets_enabled: true,
  container_registry_enabled: true,
  service_desk_enabled: false,
  can_create_merge_request_in: true,
  issues_access_level: 'enabled',
  repository_access_level: 'enabled',
  merge_requests_access_level: 'enabled',
  forking_access_level: 'enabled',
  wiki_access_level: 'enabled',
  builds_access_level: 'enabled',
  snippets_access_level: 'enabled',
  pages_access_level: 'private',
  analytics_access_level: 'enabled',
  container_registry_access_level: 'enabled',
  security_and_compliance_access_level: 'private',
  releases_access_level: 'enabled',
  environments_access_level: 'enabled',
  feature_flags_access_level: 'enabled',
  infrastructure_access_level: 'enabled',
  monitor_access_level: 'enabled',
  model_experiments_access_level: 'enabled',
  model_registry_access_level: 'enabled',
  emails_disabled: false,
  emails_enabled: true,
  shared_runners_enabled: true,
  lfs_enabled: true,
  import_url: null,
  import_type: null,
  import_status: 'none',
  open_issues_count: 0,
  description_html: '',
  ci_default_git_depth: 20,
  ci_forward_deployment_enabled: true,
  ci_job_token_scope_enabled: false,
  public_jobs: true,
  build_timeout: 3600,
  auto_cancel_pending_pipelines: 'enabled',
  build_git_strategy: 'fetch',
  ci_config_path: '',
  only_allow_merge_if_pipeline_succeeds: false,
  allow_merge_on_skipped_pipeline: null,
  restrict_user_defined_variables: false,
  request_access_enabled: true,
  only_allow_merge_if_all_discussions_are_resolved: false,
  remove_source_branch_after_merge: true,
  printing_merge_request_link_enabled: true,
  merge_method: 'merge',
  squash_option: 'default_off',
  enforce_auth_checks_on_uploads: true,
  suggestion_commit_message: null,
  merge_commit_template: null,
  squash_commit_template: null,
  issue_branch_template: null,
  auto_devops_enabled: false,
  auto_devops_deploy_strategy: 'continuous',
  autoclose_referenced_issues: true,
  keep_latest_artifact: true,
  runner_token_expiration_interval: null,
  marked_for_deletion_at: null,
  marked_for_deletion_on: null,
}).slice(1);

/** `API::Entities::BasicProjectDetails`: what `simple=true` and callers without a credential get. */
function basicProject(
  links: Links,
  project: Repository,
  { readsCode }: Pick<ProjectView, 'readsCode'>,
): Record<string, unknown> {
  const { id, name, path, owner, topics } = project;
  const webUrl = `${links.webUrl}/${path}`;
  return {
    id,
    description: project.description,
    name,
    name_with_namespace: `${ownerName(owner)} / ${name}`,
    path: name,
    path_with_namespace: path,
    created_at: project.createdAt.toISOString(),
    ...(readsCode ? { default_branch: project.defaultBranch } : {}),
    tag_list: topics,
    topics,
    ssh_url_to_repo: `git@${sshHost(links)}:${path}.git`,
    http_url_to_repo: `${webUrl}.git`,
    web_url: webUrl,
    ...(readsCode
      ? {
          readme_url: project.empty ? null : `${webUrl}/-/blob/${project.defaultBranch}/README.md`,
          forks_count: 0,
        }
      : {}),
    avatar_url: null,
    star_count: 0,
    last_activity_at: project.updatedAt.toISOString(),
    namespace: namespace(links, owner),
  };
}

export function basicProjectJson(links: Links, project: Repository, readsCode: boolean): string {
  return JSON.stringify(basicProject(links, project, { readsCode }));
}

/**
 * `API::Entities::Project` and, with permissions, `ProjectWithAccess`, as JSON. What all projects say alike is not
 * written anew for each: a page of a hundred takes a millisecond or two, so that what a benchmark measures is its
 * client.
 */
export function projectJson(links: Links, project: Repository, view: ProjectView): string {
  const { owner, id } = project;
  const own = JSON.stringify({
    ...basicProject(links, project, view),
    _links: apiAddresses(links, id),
    packages_enabled: true,
    empty_repo: project.empty,
    archived: project.archived,
    visibility: project.visibility,
    ...(owner.type === 'person' ? { owner: basicUser(links, owner) } : {}),
    updated_at: project.updatedAt.toISOString(),
    creator_id: owner.type === 'person' ? owner.id : 1,
    ...(view.forkOf === undefined
      ? {}
      : { forked_from_project: basicProject(links, view.forkOf, { readsCode: true }) }),
    shared_with_groups: view.invitations.map(sharedWithGroup),
    ...(view.permissions === undefined
      ? {}
      : {
          permissions: {
            project_access: access(view.permissions.project),
            group_access: access(view.permissions.group),
          },
        }),
  });
  return `${own.slice(0, -1)},${alike}`;
}

function access(level: number | undefined): Record<string, unknown> | null {
  return level === undefined ? null : { access_level: level, notification_level: 3 };
}

function ownerName(owner: Owner): string {
  return owner.type === 'person' ? (owner.name ?? owner.username) : fullName(owner);
}

function namespace(links: Links, owner: Owner): Record<string, unknown> {
  if (owner.type === 'person')
    return {
      id: owner.id,
      name: owner.name ?? owner.username,
      path: owner.username,
      kind: 'user',
      full_path: owner.path,
      parent_id: null,
      avatar_url: `${links.webUrl}/uploads/-/system/user/avatar/${owner.id}/avatar.png`,
      web_url: `${links.webUrl}/${owner.path}`,
    };
  return {
    id: owner.id,
    name: owner.name,
    path: owner.slug,
    kind: 'group',
    full_path: owner.path,
    parent_id: owner.parent?.id ?? null,
    avatar_url: null,
    web_url: `${links.webUrl}/groups/${owner.path}`,
  };
}

function apiAddresses({ apiUrl }: Links, id: number): Record<string, string> {
  const self = `${apiUrl}/projects/${id}`;
  return {
    self,
    issues: `${self}/issues`,
    merge_requests: `${self}/merge_requests`,
    repo_branches: `${self}/repository/branches`,
    labels: `${self}/labels`,
    events: `${self}/events`,
    members: `${self}/members`,
    cluster_agents: `${self}/cluster_agents`,
  };
}
