import type { Access } from '../../world/access.js';
import type { Repository } from '../../world/model.js';
import { permissionFlags, simpleUser, timestamp } from './account.js';
import type { Links } from './links.js';
import { gitHost, nodeId } from './links.js';

/** Every repository object's templates: the field, and what follows the repository's own address. */
const addresses = [
  ['forks_url', '/forks'],
  ['keys_url', '/keys{/key_id}'],
  ['collaborators_url', '/collaborators{/collaborator}'],
  ['teams_url', '/teams'],
  ['hooks_url', '/hooks'],
  ['issue_events_url', '/issues/events{/number}'],
  ['events_url', '/events'],
  ['assignees_url', '/assignees{/user}'],
  ['branches_url', '/branches{/branch}'],
  ['tags_url', '/tags'],
  ['blobs_url', '/git/blobs{/sha}'],
  ['git_tags_url', '/git/tags{/sha}'],
  ['git_refs_url', '/git/refs{/sha}'],
  ['trees_url', '/git/trees{/sha}'],
  ['statuses_url', '/statuses/{sha}'],
  ['languages_url', '/languages'],
  ['stargazers_url', '/stargazers'],
  ['contributors_url', '/contributors'],
  ['subscribers_url', '/subscribers'],
  ['subscription_url', '/subscription'],
  ['commits_url', '/commits{/sha}'],
  ['git_commits_url', '/git/commits{/sha}'],
  ['comments_url', '/comments{/number}'],
  ['issue_comment_url', '/issues/comments{/number}'],
  ['contents_url', '/contents/{+path}'],
  ['compare_url', '/compare/{base}...{head}'],
  ['merges_url', '/merges'],
  ['archive_url', '/{archive_format}{/ref}'],
  ['downloads_url', '/downloads'],
  ['issues_url', '/issues{/number}'],
  ['pulls_url', '/pulls{/number}'],
  ['milestones_url', '/milestones{/number}'],
  ['notifications_url', '/notifications{?since,all,participating}'],
  ['labels_url', '/labels{/name}'],
  ['releases_url', '/releases{/id}'],
  ['deployments_url', '/deployments'],
] as const;

/** The addresses as JSON, without the repository's own, which goes into every gap. */
const addressesJson = addresses
  .map(([field, suffix]) => `"${field}":"\u0000${suffix}"`)
  .join(',')
  .split('\u0000');

/** The first API version without the fields that were taken away. */
const slimVersion = '2026-03-10';

export interface RepositoryView {
  readonly links: Links;
  readonly apiVersion: string;
  /** Whether the caller sent a credential: permissions are told to nobody else. */
  readonly authenticated: boolean;
}

/** What differs from one repository to the next. An empty one has a branch name, too. */
function ownFields(
  { links, apiVersion, authenticated }: RepositoryView,
  repository: Repository,
  access: Access,
): Record<string, unknown> {
  const webUrl = `${links.webUrl}/${repository.path}`;
  const host = gitHost(links);
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: repository.path,
    private: repository.visibility !== 'public',
    html_url: webUrl,
    description: repository.description,
    fork: repository.forkOf !== undefined,
    url: addressOf(links, repository),
    created_at: timestamp(repository.createdAt),
    updated_at: timestamp(repository.updatedAt),
    pushed_at: timestamp(repository.pushedAt),
    git_url: `git://${host}/${repository.path}.git`,
    ssh_url: `git@${host}:${repository.path}.git`,
    clone_url: `${webUrl}.git`,
    svn_url: webUrl,
    homepage: null,
    size: repository.empty ? 0 : 108,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: true,
    ...(apiVersion >= slimVersion ? {} : { has_downloads: true }),
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: repository.archived,
    disabled: false,
    open_issues_count: 0,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: repository.topics,
    visibility: repository.visibility,
    forks: 0,
    open_issues: 0,
    watchers: 0,
    default_branch: repository.defaultBranch,
    ...(authenticated ? { permissions: permissionFlags(access.level) } : {}),
  };
}

/** The schemas `repository` and `minimal-repository`: a repository in a list. */
function listedRepository(
  view: RepositoryView,
  repository: Repository,
  access: Access,
): Record<string, unknown> {
  const url = addressOf(view.links, repository);
  return {
    ...ownFields(view, repository, access),
    owner: simpleUser(view.links, repository.owner),
    ...Object.fromEntries(addresses.map(([field, suffix]) => [field, url + suffix])),
  };
}

/**
 * The same as JSON. The two thirds that follow from the address are not taken apart and put together for each
 * repository: a page of a hundred is written in a millisecond or two, so that what a benchmark measures is its client.
 */
export function repositoryJson(view: RepositoryView, repository: Repository, access: Access): string {
  const own = JSON.stringify(ownFields(view, repository, access)).slice(0, -1);
  const owner = JSON.stringify(simpleUser(view.links, repository.owner));
  const derived = addressesJson.join(addressOf(view.links, repository));
  return `${own},"owner":${owner},${derived}}`;
}

function addressOf(links: Links, repository: Repository): string {
  return `${links.apiUrl}/repos/${repository.path}`;
}

/** The schema `full-repository`: a repository asked for by itself. `parent` is what it was forked from, if visible. */
export function fullRepository(
  view: RepositoryView,
  repository: Repository,
  access: Access,
  parent: { readonly repository: Repository; readonly access: Access } | undefined,
): Record<string, unknown> {
  const { links, apiVersion, authenticated } = view;
  const flags = permissionFlags(access.level);
  return {
    ...listedRepository(view, repository, access),
    ...(authenticated ? { temp_clone_token: '' } : {}),
    ...(authenticated && flags['push'] === true
      ? {
          allow_squash_merge: true,
          allow_merge_commit: true,
          allow_rebase_merge: true,
          allow_auto_merge: false,
          delete_branch_on_merge: false,
          allow_update_branch: false,
          ...(apiVersion >= slimVersion ? {} : { use_squash_pr_title_as_default: false }),
          squash_merge_commit_message: 'COMMIT_MESSAGES',
          squash_merge_commit_title: 'COMMIT_OR_PR_TITLE',
          merge_commit_message: 'PR_TITLE',
          merge_commit_title: 'MERGE_MESSAGE',
        }
      : {}),
    ...(repository.owner.type === 'organization'
      ? { organization: simpleUser(links, repository.owner) }
      : {}),
    ...(parent === undefined
      ? {}
      : {
          parent: listedRepository(view, parent.repository, parent.access),
          source: listedRepository(view, parent.repository, parent.access),
        }),
    network_count: 0,
    subscribers_count: 0,
  };
}
