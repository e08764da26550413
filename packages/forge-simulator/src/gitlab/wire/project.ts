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

/** What follows a project's own address in its `_links`. */
const resources = [
  ['self', ''],
  ['issues', '/issues'],
  ['merge_requests', '/merge_requests'],
  ['repo_branches', '/repository/branches'],
  ['labels', '/labels'],
  ['events', '/events'],
  ['members', '/members'],
  ['cluster_agents', '/cluster_agents'],
] as const;

/** The addresses as JSON, without the project's own, which goes into every gap. */
const resourcesJson = resources
  .map(([name, suffix]) => `"${name}":"\u0000${suffix}"`)
  .join(',')
  .split('\u0000');

/** What a project says of where it is. */
interface Place {
  /** 'Acme / Platform' */
  readonly fullName: string;
  readonly namespaceJson: string;
}

/**
 * Writes the projects of one answer as JSON. What they share is written once: a page of a hundred takes a millisecond
 * or two, so that what a benchmark measures is its client.
 */
export class ProjectWriter {
  readonly #places = new Map<Owner, Place>();

  readonly #sshRoot: string;

  constructor(readonly links: Links) {
    this.#sshRoot = `git@${sshHost(links)}:`;
  }

  /** `API::Entities::BasicProjectDetails`: what `simple=true` and callers without a credential get. */
  basic(project: Repository, readsCode: boolean): string {
    const { id, name, path, topics, defaultBranch } = project;
    const { fullName: namespace, namespaceJson } = this.#placeOf(project.owner);
    const webUrl = `${this.links.webUrl}/${path}`;
    const fields: Record<string, unknown> = {
      id,
      description: project.description,
      name,
      name_with_namespace: `${namespace} / ${name}`,
      path: name,
      path_with_namespace: path,
      created_at: project.createdAt,
    };
    if (readsCode) fields['default_branch'] = defaultBranch;
    fields['tag_list'] = topics;
    fields['topics'] = topics;
    fields['ssh_url_to_repo'] = `${this.#sshRoot}${path}.git`;
    fields['http_url_to_repo'] = `${webUrl}.git`;
    fields['web_url'] = webUrl;
    if (readsCode) {
      fields['readme_url'] = project.empty ? null : `${webUrl}/-/blob/${defaultBranch}/README.md`;
      fields['forks_count'] = 0;
    }
    fields['avatar_url'] = null;
    fields['star_count'] = 0;
    fields['last_activity_at'] = project.updatedAt;
    return `${JSON.stringify(fields).slice(0, -1)},"namespace":${namespaceJson}}`;
  }

  /** `API::Entities::Project` and, with permissions, `ProjectWithAccess`. */
  full(project: Repository, view: ProjectView): string {
    const { owner, id } = project;
    const fields: Record<string, unknown> = {
      packages_enabled: true,
      empty_repo: project.empty,
      archived: project.archived,
      visibility: project.visibility,
      updated_at: project.updatedAt,
      creator_id: owner.type === 'person' ? owner.id : 1,
      shared_with_groups: view.invitations.map(sharedWithGroup),
    };
    if (owner.type === 'person') fields['owner'] = basicUser(this.links, owner);
    if (view.permissions !== undefined)
      fields['permissions'] = {
        project_access: access(view.permissions.project),
        group_access: access(view.permissions.group),
      };
    return [
      this.basic(project, view.readsCode).slice(0, -1),
      `"_links":{${resourcesJson.join(`${this.links.apiUrl}/projects/${id}`)}}`,
      ...(view.forkOf === undefined ? [] : [`"forked_from_project":${this.basic(view.forkOf, true)}`]),
      JSON.stringify(fields).slice(1, -1),
      alike,
    ].join(',');
  }

  #placeOf(owner: Owner): Place {
    const known = this.#places.get(owner);
    if (known !== undefined) return known;
    const made: Place = {
      fullName: owner.type === 'person' ? (owner.name ?? owner.username) : fullName(owner),
      namespaceJson: JSON.stringify(namespace(this.links, owner)),
    };
    this.#places.set(owner, made);
    return made;
  }
}

function access(level: number | undefined): Record<string, unknown> | null {
  return level === undefined ? null : { access_level: level, notification_level: 3 };
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
